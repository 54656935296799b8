/**
 * Both public registers through the desk, on real servers; a sample of each. `REDRESS_TEST_WHOLE=1` tells them whole,
 * `REDRESS_TEST_REGISTERS` names the folder in which they lie.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { prepare, type Prepared } from '../../import/prepare.ts';
import { reportOf, sayPlan, sayRun, type RunReport } from '../../import/run/report.ts';
import { carryOut } from '../../import/run/carry-out.ts';
import { reconcileAll } from '../../reconcile/reconcile.ts';
import { auditByRules } from '../support/audit-by-rules.ts';
import { startDesk, type TestDesk } from './support.ts';
import { testSealKey } from '../support/seal.ts';

const folder = process.env['REDRESS_TEST_REGISTERS'] ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
const whole = process.env['REDRESS_TEST_WHOLE'] === '1';
const inFlight = Number(process.env['REDRESS_TEST_IN_FLIGHT'] ?? 8);
const key = Buffer.alloc(32, 1);
const minutes = (count: number): number => count * 60_000;

let office: TestDesk;
beforeAll(async () => {
  office = await startDesk();
});
afterAll(() => office.close());

const send = ({ plan, pack }: Prepared, signal?: AbortSignal): Promise<RunReport> =>
  carryOut(plan, office.db, { desk: office.desk, pack, inFlight, signal });

async function numbersOf(prefix: string): Promise<string[]> {
  const rows = await office.db
    .selectFrom('inbox')
    .select('case_number')
    .distinct()
    .where('key', 'like', `${prefix} %`)
    .orderBy('case_number')
    .execute();
  return rows.map((row) => row.case_number);
}

describe.skipIf(!existsSync(folder)).each([
  { name: 'incident-log', file: 'incident_event_log.csv', rows: 2887, cases: 436 },
  { name: 'nyc311', file: 'nyc311_service_requests.csv', rows: 467, cases: 467 },
])('$name', ({ name, file, rows, cases }) => {
  test('every row is understood', async () => {
    const { plan } = await prepare(join(folder, file), { mapping: name }, key);
    expect({ rows: plan.rows, cases: plan.cases.length, problems: plan.problems }).toEqual({ rows, cases, problems: [] });
  });

  test(
    'every case is told once, with its verdicts, however often it is run; store and histories are equal',
    { timeout: minutes(10) },
    async () => {
      const prepared = await prepare(join(folder, file), { mapping: name, limit: whole ? undefined : 25 }, key);
      const { plan } = prepared;
      const first = await send(prepared);
      if (whole) process.stdout.write(`${sayPlan(reportOf(file, plan))}\n${sayRun(first)}\n`);
      expect(first).toMatchObject({ opened: plan.cases.length, alreadyThere: 0, refused: [], left: 0, stopped: null });
      expect(first.closed).toBe(plan.cases.filter((one) => one.closes).length);

      const again = await send(prepared);
      if (whole) process.stdout.write(`${sayRun(again)}\n`);
      expect(again).toMatchObject({
        opened: 0,
        resumed: 0,
        alreadyThere: plan.cases.length,
        refused: [],
        closed: first.closed,
        open: first.open,
      });
      const numbers = await numbersOf(`import ${name}`);
      expect(numbers).toHaveLength(plan.cases.length);
      const sample = numbers.filter((_, i) => i % Math.ceil(numbers.length / 25) === 0);
      for await (const { number, differences } of reconcileAll(
        { db: office.db, engine: { client: office.client, taskQueue: office.taskQueue }, sealKeys: [testSealKey] },
        sample,
        { repair: false },
      )) {
        expect({ number, differences }).toEqual({ number, differences: [] });
      }
      // What-if with the pack itself: the verdicts of the past are what the rules make of it.
      expect((await auditByRules(office.db)).different).toEqual([]);
    },
  );
});
