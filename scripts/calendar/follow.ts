import { setTimeout as pause } from 'node:timers/promises';
import type { Db } from '../../db/database.ts';
import type { BulkStatus } from '../../db/bulk.ts';

/** Waits until a bulk job has got through, says how far it is, and sets exit code 1 when a case refused. */
export async function follow(db: Db, id: string, json: boolean, more: object = {}): Promise<void> {
  const { countsOf, itemsOf } = await import('../../db/read/bulk.ts');
  await reached(db, id, ['done', 'cancelled'], json ? undefined : (line) => process.stderr.write(line));
  const counts = await countsOf(db, id);
  const refused = await itemsOf(db, id, { limit: 50, status: 'refused' });
  const skipped = await itemsOf(db, id, { limit: 50, status: 'skipped' });
  if (json) process.stdout.write(`${JSON.stringify({ job: id, ...more, counts, refused, skipped })}\n`);
  else {
    const { total, changed, unchanged } = counts;
    process.stdout.write(
      `${total} cases: ${changed} changed, ${unchanged} as they were, ${counts.skipped} closed in between, ${counts.refused} refused\n`,
    );
    for (const { case_number, code } of [...skipped, ...refused]) process.stdout.write(`  ${case_number}  ${code}\n`);
  }
  if (counts.refused > 0) process.exitCode = 1;
}

/** Waits until a job stands where it should; it goes on without the one who waits. */
export async function reached(
  db: Db,
  id: string,
  where: readonly BulkStatus[],
  tell: (line: string) => void = () => undefined,
): Promise<void> {
  const { countsOf, jobById } = await import('../../db/read/bulk.ts');
  for (let said = ''; ; await pause(300)) {
    const job = await jobById(db, id);
    const { total, due } = await countsOf(db, id);
    const line = `${job?.status ?? 'unknown'}: ${total - due} of ${total} cases\n`;
    if (line !== said) tell(line);
    said = line;
    if (job === undefined || where.includes(job.status)) return;
  }
}
