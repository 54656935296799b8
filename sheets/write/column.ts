/** A table as it leaves: columns with their meaning, values as the system holds them. */
import { plainYuan } from '../../domain/money.ts';
import { formatInstant } from '../../domain/time.ts';

export type ColumnType =
  | 'text'
  | 'integer'
  /** Value in fen; leaves as yuan with two decimals. */
  | 'money'
  /** Value in epoch milliseconds; leaves as the wall time in Beijing. */
  | 'instant'
  /** Value `YYYY-MM-DD`. */
  | 'date'
  | 'boolean';

export interface Column {
  /** Heading. */
  readonly zh: string;
  readonly type: ColumnType;
}

export type Value = string | number | boolean | null | undefined;
export type Values = readonly Value[];

/** As people read it; what the import takes back to the same value. */
export function textOf({ type }: Column, value: Value): string {
  if (value === null || value === undefined) return '';
  if (type === 'money' && typeof value === 'number') return plainYuan(value);
  if (type === 'instant' && typeof value === 'number') return formatInstant(value);
  if (typeof value === 'boolean') return value ? '是' : '否';
  return String(value);
}
