import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { dueRows } from '../../packs/due.ts';
import { listPacks } from '../../packs/load.ts';

/** Every limit of the procedures with a date worked out by hand; `wrong` are the dates that simpler rules would give. */
const rows = parse(readFileSync(join(import.meta.dirname, 'scenario-dates.csv'), 'utf8'), { columns: true }) as Record<
  'scenario' | 'pack' | 'limit' | 'from' | 'due' | 'wrong',
  string
>[];

const shipped = listPacks();

describe.for(Object.entries(Object.groupBy(rows, (row) => row.pack)))('dates of %s', ([pack, own = []]) => {
  test.runIf(shipped.includes(pack)).for(own)('$limit from $from, scenario $scenario', ({ limit, from, due, wrong }) => {
    const [answer] = dueRows([{ id: '1', pack, limit, from }]);
    expect(answer?.error).toBeNull();
    const said = `${answer?.dueAt}${answer?.provisional ? ' provisional' : ''}`;
    expect(said).toBe(due);
    for (const other of wrong.split('|')) expect(said).not.toBe(other);
  });
});
