/** The small words of a scenario file: instants, durations, amounts. */
import { z } from 'zod';
import { parseYuan } from '../../domain/money.ts';
import { parseBeijing } from '../../domain/time.ts';

const fits =
  (read: (text: string) => unknown) =>
  (text: string): boolean => {
    try {
      read(text);
      return true;
    } catch {
      return false;
    }
  };

const TIME = 'a time such as 2026-03-09 09:20 (24:00 is the end of the day)';

/** `2026-03-09 09:20`, also `2026-03-09 24:00`; Beijing time. */
export const when = z.string(TIME).refine(fits(parseBeijing), TIME);

const DURATION = /^(?:(\d+)d)? ?(?:(\d+)h)? ?(?:(\d+)m)? ?(?:(\d+)s)? ?(?:(\d+)ms)?$/;

/** `9h`, `1d 2h`, `30m`, or milliseconds. */
export const duration = z.union(
  [z.number().int().min(0), z.string().refine((text) => text.trim() !== '' && DURATION.test(text), 'a duration such as 9h or 1d 2h 30m')],
  'a duration such as 9h or 1d 2h 30m',
);

/** Milliseconds of a duration. */
export function readDuration(value: string | number): number {
  if (typeof value === 'number') return value;
  const [, d = 0, h = 0, m = 0, s = 0, ms = 0] = DURATION.exec(value) ?? [];
  return (((Number(d) * 24 + Number(h)) * 60 + Number(m)) * 60 + Number(s)) * 1000 + Number(ms);
}

const AMOUNT = 'an amount in yuan with at most two decimals';

/** Yuan with at most two decimals. */
export const yuan = z.union([z.number(), z.string()], AMOUNT).refine((value) => isValue(value) || fits(() => parseYuan(value))(''), AMOUNT);

/** `$amount`: a value of the story. */
export const isValue = (value: unknown): value is string => typeof value === 'string' && /^\$[A-Za-z]\w*$/.test(value);
