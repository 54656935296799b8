/** Every recorded case against what its own rules make of it: what a run of what-if audits, for any store a test has filled. */
import type { Db } from '../../db/database.ts';
import { caseRecords } from '../../db/read/histories.ts';
import { formatDue } from '../../domain/time.ts';
import { differences } from '../../domain/what-if/differences.ts';
import { judgedKinds } from '../../domain/what-if/kinds.ts';
import { recorded } from '../../domain/what-if/recorded.ts';
import { rejudge } from '../../domain/what-if/rejudge.ts';
import { RuleShelf } from '../../whatif/rule-shelf.ts';

export interface AuditedByRules {
  readonly cases: number;
  readonly different: readonly string[];
}

/** Each case up to its own last event: in the lab each has a clock of its own. Cases that changed their rules are passed over. */
export async function auditByRules(db: Db): Promise<AuditedByRules> {
  const packs = await db.selectFrom('case_file').select('pack_id').distinct().execute();
  const shelf = new RuleShelf(db);
  const different: string[] = [];
  let cases = 0;
  for (const { pack_id } of packs) {
    for await (const page of caseRecords(db, { pack: pack_id, kinds: judgedKinds })) {
      for (const { number, events } of page) {
        const [opened] = events;
        if (opened?.kind !== 'opened' || events.some(({ kind }) => String(kind) === 'rebased')) continue;
        const book = await shelf.of(opened);
        if (book === undefined) throw new Error(`${number}: its rules are nowhere`);
        cases += 1;
        const asOf = events.at(-1)?.recordedAt ?? 0;
        const found = differences(recorded(events), rejudge(events, book, asOf, book.rules), formatDue);
        different.push(
          ...found.map(({ of, what, recorded: was, recomputed: is }) => `${number} ${of} ${what}: recorded ${was} ≠ recomputed ${is}`),
        );
      }
    }
  }
  return { cases, different };
}
