import { TEST_MASTER_KEY } from '../support/vault.ts';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, inject, test } from 'vitest';
import { eventually, surveyForm, useOffice } from './support/office.ts';

const office = useOffice();
const program = fileURLToPath(new URL('../../scripts/redress.ts', import.meta.url));

/** Runs the command as a person would; its lines are JSON. */
function redress(...args: string[]): Promise<{ code: number; lines: Record<string, unknown>[]; stderr: string }> {
  const env = {
    ...process.env,
    DATABASE_URL: office.url,
    TEMPORAL_ADDRESS: inject('temporalAddress'),
    REDRESS_TASK_QUEUE: office.queue,
    REDRESS_VAULT_KEYS: TEST_MASTER_KEY,
  };
  return new Promise((done) => {
    execFile(process.execPath, [program, ...args, '--json'], { env }, (error, stdout, stderr) => {
      const lines = stdout
        .trim()
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Record<string, unknown>);
      done({ code: error === null ? 0 : Number(error.code), lines, stderr });
    });
  });
}

test(
  'reconcile and audit: 0 when all is equal, 1 with the finding when it is not, 0 again after the repair',
  { timeout: 90_000 },
  async () => {
    const number = await office.open(30);
    await office.answer(number, 'customerService', 'survey', surveyForm);
    const counted = async () =>
      Number(
        (
          await office.db
            .selectFrom('outbox')
            .select((x) => x.fn.countAll<string>().as('n'))
            .executeTakeFirstOrThrow()
        ).n,
      );
    await eventually(async () => (await counted()) > 0);

    expect(await redress('reconcile')).toMatchObject({
      code: 0,
      lines: [{ cases: 1, differences: 0, repaired: 0, notes: 0, equal: true }],
    });
    expect(await redress('audit', 'verify')).toMatchObject({ code: 0, lines: [{ cases: 1, faults: 0, verified: true }] });

    await office.tamper(`delete from task where task_id = 'survey#1'`);
    const missing = { case: number, what: 'survey#1' };
    expect(await redress('reconcile', '--case', number)).toMatchObject({
      code: 1,
      lines: [
        { ...missing, difference: 'task-missing' },
        { equal: false, differences: 1 },
      ],
    });
    expect(await redress('reconcile', '--all', '--repair')).toMatchObject({
      code: 0,
      lines: [
        { ...missing, repaired: 'task-missing' },
        { equal: true, repaired: 1 },
      ],
    });

    await office.tamper(`update event set clause = 'x' where seq = 2`);
    expect(await redress('audit', 'verify', '--no-history')).toMatchObject({
      code: 1,
      lines: [
        { case: number, seq: 2, fault: 'columns' },
        { faults: 1, verified: false },
      ],
    });
  },
);

test('a counter is told apart from cases', { timeout: 60_000 }, async () => {
  await office.tamper('update rollup set opened = opened + 1');
  const { code, lines } = await redress('reconcile');
  expect(code).toBe(1);
  expect(lines).toContainEqual({ difference: 'rollup-different', what: expect.stringContaining('s3-cs19 repair') as string });
});
