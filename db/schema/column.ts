/** How columns are written and read. */
import type { ColumnType } from 'kysely';

export type Stamp = ColumnType<Date, Date | string, Date | string>;
export type MaybeStamp = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
/** jsonb: written as text, read parsed. */
export type Json<T> = ColumnType<T, string, string>;
