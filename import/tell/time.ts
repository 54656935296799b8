/** Times of a register: their format as people write it (`MM/DD/YYYY hh:mm:ss A`), wall time of a zone with a fixed offset. */
import { parseBeijing, TimeError, type Instant } from '../../domain/time.ts';

const TOKENS: Readonly<Record<string, string>> = {
  YYYY: '(?<year>\\d{4})',
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  DD: '(?<day>\\d{2})',
  D: '(?<day>\\d{1,2})',
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  hh: '(?<hour12>\\d{2})',
  h: '(?<hour12>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  A: '(?<half>[AaPp]\\.?[Mm]\\.?|上午|下午)',
  Z: '(?<zone>\\S+)',
};
const TOKEN = /YYYY|MM|M|DD|D|HH|H|hh|h|mm|ss|A|Z/g;

export interface Clock {
  /** @throws TimeError that says what is wrong */
  read(cell: { readonly text: string; readonly wall?: number }): Instant;
}

/** The pattern of a format; undefined when it does not name day and time of day, or names a part twice. */
export function clockFormat(format: string): RegExp | undefined {
  const tokens: string[] = format.match(TOKEN) ?? [];
  const has = (...names: string[]): boolean => names.some((name) => tokens.includes(name));
  const hours = has('H', 'HH') ? !has('h', 'hh', 'A') : has('h', 'hh') && has('A');
  if (!has('YYYY') || !has('M', 'MM') || !has('D', 'DD') || !hours || !has('mm')) return undefined;
  const body = format
    .split(new RegExp(`(${TOKEN.source})`))
    .map((part) => TOKENS[part] ?? literal(part))
    .join('');
  try {
    return new RegExp(`^${body}$`);
  } catch {
    return undefined; // a part named twice
  }
}

const literal = (part: string): string => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll(/\s+/g, '\\s+');

const WEEK_MS = 7 * 86_400_000;

/** Reads by the first format that fits; `zone` holds where the text names none. Moves everything by whole weeks. */
export function clock(formats: string | readonly string[], zone: string, shiftWeeks: number): Clock {
  const list = [formats].flat();
  const patterns = list.map((format) => clockFormat(format)!);
  return {
    read: ({ text, wall }) => {
      const iso = wall === undefined ? isoOf(text, patterns, list, zone) : `${new Date(wall).toISOString().slice(0, 19)}${zone}`;
      return parseBeijing(iso) + shiftWeeks * WEEK_MS;
    },
  };
}

function isoOf(text: string, patterns: readonly RegExp[], formats: readonly string[], zone: string): string {
  const found = patterns.map((pattern) => pattern.exec(text)?.groups).find((groups) => groups !== undefined);
  if (found === undefined) throw new TimeError('', `"${text}" is not a time like ${formats.join(' or ')}`);
  const { year, month = '', day = '', minute, second = '00' } = found;
  const hour = found['hour'] ?? hourOf(Number(found['hour12']), found['half'] ?? '', text);
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${hour.padStart(2, '0')}:${minute}:${second}${zoneOf(found['zone'], zone)}`;
}

/** 12 AM is midnight, 12 PM is noon. */
function hourOf(hour: number, half: string, text: string): string {
  if (hour < 1 || hour > 12) throw new TimeError('', `"${text}" names an hour that a clock of twelve hours does not have`);
  return String((hour % 12) + (/^p|下午/i.test(half) ? 12 : 0));
}

function zoneOf(written: string | undefined, otherwise: string): string {
  if (written === undefined) return otherwise;
  const [, sign, hours, minutes = '00'] = /^([+-])(\d{2}):?(\d{2})?$/.exec(written) ?? [];
  if (written !== 'Z' && sign === undefined) throw new TimeError('', `unknown zone "${written}"`);
  return written === 'Z' ? 'Z' : `${sign}${hours}:${minutes}`;
}
