/** A table as it leaves: columns with their meaning, values as the system holds them. */
import { plainYuan } from '../../domain/money.ts';
import { isoBeijing } from '../../domain/time.ts';
import type { Said } from '../table.ts';

export type ColumnType =
  | 'text'
  | 'integer'
  /** Value in fen; leaves as yuan with two decimals. */
  | 'money'
  /** Value in epoch milliseconds; leaves with its zone, in a spreadsheet as a date cell of the wall in Beijing. */
  | 'instant'
  /** Value `YYYY-MM-DD`. */
  | 'date'
  | 'boolean';

/** Its heading in both languages, and what it holds. */
export interface Column extends Said {
  readonly type: ColumnType;
}

/** In which language a table leaves. */
export type Lang = keyof Said;
const YES_NO = { zh: ['是', '否'], en: ['yes', 'no'] } as const;

export type Value = string | number | boolean | null | undefined;
export type Values = readonly Value[];

/** As people read it; what the import takes back to the same value. */
export function textOf({ type }: Column, value: Value, lang: Lang): string {
  if (value === null || value === undefined) return '';
  if (type === 'money' && typeof value === 'number') return plainYuan(value);
  if (type === 'instant' && typeof value === 'number') return isoBeijing(value);
  if (typeof value === 'boolean') return YES_NO[lang][value ? 0 : 1];
  return String(value);
}
