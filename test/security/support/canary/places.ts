/** Everything that is kept anywhere, as bytes: both databases, what Temporal tells, files. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Client } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { sql } from 'kysely';
import type { Db } from '../../../../db/database.ts';
import type { Place } from './search.ts';

/** Every column of every table of every schema but the server's own; bytes as they are, all else as text. */
export async function everyColumn(owner: Db): Promise<Place[]> {
  const { rows: columns } = await sql<{ schema: string; table: string; column: string; type: string }>`
    select n.nspname as schema, c.relname as table, a.attname as column, format_type(a.atttypid, null) as type
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and a.attnum > 0 and not a.attisdropped
      and n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast') order by 1, 2, a.attnum`.execute(owner);
  const places: Place[] = [];
  for (const { schema, table, column, type } of columns) {
    const name = schema === 'public' ? `${table}.${column}` : `${schema}.${table}.${column}`;
    const of = sql.ref(`${schema}.${table}`);
    if (type === 'bytea') {
      const { rows } = await sql<{ v: Buffer }>`select ${sql.ref(column)} as v from ${of} where ${sql.ref(column)} is not null`.execute(
        owner,
      );
      for (const { v } of rows) places.push({ place: name, bytes: v });
    } else {
      const { rows } = await sql<{ v: string | null }>`select string_agg(${sql.ref(column)}::text, chr(10)) as v from ${of}`.execute(owner);
      places.push({ place: name, bytes: Buffer.from(rows[0]?.v ?? '') });
    }
  }
  return places;
}

/** Of every case: its whole history, and what a list or a description of it tells (memo, attributes, summary, failures that wait). */
export async function everyHistory(client: Client, numbers: readonly string[]): Promise<Place[]> {
  const places: Place[] = [];
  for (const number of numbers) {
    const handle = client.workflow.getHandle(number);
    const history = await handle.fetchHistory();
    places.push({ place: 'Temporal history', bytes: Buffer.from(temporal.api.history.v1.History.encode(history).finish()) });
    const { raw } = await handle.describe();
    const told = temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse.encode(raw).finish();
    places.push({ place: 'Temporal description', bytes: Buffer.from(told) });
  }
  return places;
}

export async function everyFile(root: string, place: string): Promise<Place[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  const names = entries.map(({ parentPath, name }) => join(parentPath, name)).join('\n');
  const files = entries.filter((entry) => entry.isFile());
  const contents = files.map(async ({ parentPath, name }) => ({ place, bytes: await readFile(join(parentPath, name)) }));
  return [{ place: `${place}: names`, bytes: Buffer.from(names) }, ...(await Promise.all(contents))];
}
