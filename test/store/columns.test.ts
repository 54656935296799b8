/** Every column of the store says what becomes of it when its subject is erased, and those that are sealed are. */
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { columns, type Fate } from '../../db/columns.ts';
import { useStore } from './support/store.ts';

const store = useStore();
const declared = ({ erase = [], mask = [], retain }: Fate): string[] => [...erase, ...mask, ...retain].toSorted();

test('every column of every table is declared, once, and nothing that is not there', async () => {
  const { rows } = await sql<{ name: string; columns: string[] }>`
    select table_name as name, array_agg(column_name::text) as columns from information_schema.columns
    where table_schema = 'public' and table_name not like 'kysely%' group by table_name`.execute(store.owner);
  const there = Object.fromEntries(rows.map(({ name, columns: names }) => [name, names.toSorted()]));
  expect(Object.fromEntries(Object.entries(columns).map(([name, fate]) => [name, declared(fate)]))).toEqual(there);
});
