/** Times and amounts as Chinese papers say them. */
import { capitalYuan } from '../../domain/capital-yuan.ts';
import { formatYuan, type Fen } from '../../domain/money.ts';
import { formatDue, formatInstant, type Instant } from '../../domain/time.ts';

/** `2026年9月29日 16:00`, seconds only where there are some; Beijing. */
export function sayInstant(instant: Instant): string {
  return chinese(formatInstant(Math.floor(instant / 1000) * 1000));
}

/** As `sayInstant`, but midnight is the end of the day before: `2026年10月15日 24:00`. */
export function sayDue(instant: Instant): string {
  return chinese(formatDue(instant));
}

/** `2026-09-30` → `2026年9月30日`; anything else as it is. */
export function sayDate(text: string): string {
  const m = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return m === null ? text : `${Number(m[1])}年${Number(m[2])}月${Number(m[3])}日`;
}

/** `12,300.00 元`. */
export const sayYuan = (fen: Fen): string => `${formatYuan(fen)} 元`;

/** `12,300.00 元（大写：壹万贰仟叁佰元整）`. */
export const sayYuanTwice = (fen: Fen): string => `${sayYuan(fen)}（大写：${capitalYuan(fen)}）`;

function chinese(text: string): string {
  const m = /^(\S+) (\d{2}:\d{2})(?::(\d{2}))?/.exec(text);
  if (m === null) return text;
  const [, date = '', minute = '', second = '00'] = m;
  return `${sayDate(date)} ${minute}${second === '00' ? '' : `:${second}`}`;
}
