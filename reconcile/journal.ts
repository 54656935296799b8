/** The journals' chains, recomputed: refusals and reads of personal data, a chain a day. */
import { GENESIS } from '../db/hash.ts';
import { journalHash } from '../db/journal.ts';
import type { Db } from '../db/database.ts';

export interface JournalFault {
  readonly chain: string;
  readonly seq: number;
  readonly fault: 'missing' | 'altered' | 'unlinked' | 'columns';
}

export interface JournalAudit {
  readonly entries: number;
  readonly faults: readonly JournalFault[];
}

/** A day's chain at a time. */
export async function auditJournals(db: Db): Promise<JournalAudit> {
  const chains = await db.selectFrom('journal').select('chain').distinct().orderBy('chain').execute();
  const faults: JournalFault[] = [];
  let entries = 0;
  for (const { chain } of chains) {
    const rows = await db.selectFrom('journal').selectAll().where('chain', '=', chain).orderBy('seq').execute();
    entries += rows.length;
    let previous = GENESIS;
    rows.forEach((row, i) => {
      const say = (fault: JournalFault['fault']): void => void faults.push({ chain, seq: row.seq, fault });
      if (row.seq !== i + 1) say('missing');
      if (row.prev_hash !== previous) say('unlinked');
      if (journalHash(row.prev_hash, chain, row.body) !== row.hash) say('altered');
      const said = asSaid(row.body);
      if (said?.at !== row.at.getTime() || said.person !== row.person) say('columns');
      previous = row.hash;
    });
  }
  return { entries, faults };
}

function asSaid(body: string): { at?: unknown; person?: unknown } | undefined {
  try {
    return JSON.parse(body) as { at?: unknown; person?: unknown };
  } catch {
    return undefined;
  }
}
