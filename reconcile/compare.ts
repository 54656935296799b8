/** One case: what its history tells against what the store holds. Pure. */
import { fold } from '../domain/case/reduce.ts';
import type { AnyEvent, Verdict } from '../domain/case/event.ts';
import type { Told } from '../desk/index.ts';
import { verifyChain } from './chain.ts';
import type { Difference, Note } from './difference.ts';
import { compareProjection, same } from './projection.ts';
import { documentsOf, type StoredCase } from './stored.ts';

export interface Comparison {
  readonly differences: readonly Difference[];
  readonly notes: readonly Note[];
}

/** @param told undefined when no history is kept */
export function compareCase(stored: StoredCase, told: Told | undefined): Comparison {
  if (told === undefined) return withoutHistory(stored);
  const notes = told.outcomes
    .map((o) => o.key)
    .filter((key) => !stored.inbox.some((row) => row.key === key))
    .map((what): Note => ({ kind: 'past-the-desk', what }));
  return { differences: [...ofRecord(stored, told.events), ...ofInbox(stored, told.outcomes), ...ofRun(stored, told.ended)], notes };
}

function ofRecord(stored: StoredCase, told: readonly AnyEvent[]): Difference[] {
  const inHistory = new Map(told.map((e) => [e.seq, e]));
  const inStore = new Map(stored.events.map((e) => [e.seq, e.body]));
  const events = told.flatMap((event): Difference[] => {
    const body = inStore.get(event.seq);
    if (body === undefined) return [{ kind: 'event-missing', seq: event.seq, what: event.kind }];
    return same(body, event) ? [] : [{ kind: 'event-different', seq: event.seq, what: event.kind }];
  });
  const extra = stored.events
    .filter((e) => !inHistory.has(e.seq))
    .map(({ seq, kind }): Difference => ({ kind: 'event-extra', seq, what: kind }));
  const reported = new Set(events.filter((d) => d.kind === 'event-missing').map((d) => d.seq));
  return [...events, ...extra, ...ofChain(stored, reported), ...ofProjection(stored, told), ...ofDocuments(stored)];
}

/** `reported`: seqs already said to be missing. */
function ofChain({ number, events, file }: StoredCase, reported: ReadonlySet<number | undefined> = new Set()): Difference[] {
  if (file === undefined) return events.length === 0 ? [] : [{ kind: 'case-row-missing' }];
  return verifyChain(number, events, { seq: file.seq, hash: file.headHash })
    .filter(({ seq, fault }) => fault !== 'missing' || !reported.has(seq))
    .map(({ seq, fault }): Difference => ({ kind: 'chain-broken', seq, what: fault }));
}

/** Read models follow the recorded part of the history: what is not recorded yet is reported once, as missing. */
function ofProjection(stored: StoredCase, told: readonly AnyEvent[]): Difference[] {
  const gap = told.find((event, i) => event.seq !== i + 1);
  if (gap !== undefined) return [{ kind: 'history-broken', seq: gap.seq, what: 'gap before it' }];
  if (stored.file === undefined) return [];
  const { seq } = stored.file;
  const recorded = told.filter((e) => e.seq <= seq);
  try {
    return compareProjection(stored, fold(recorded), recorded);
  } catch (error) {
    return [{ kind: 'history-broken', what: (error as Error).message }];
  }
}

function ofDocuments({ events, documents }: StoredCase): Difference[] {
  return events.flatMap(({ seq, body }) =>
    documentsOf(body).flatMap((what): Difference[] => {
      const intact = documents.get(what);
      return intact === true ? [] : [{ kind: intact === undefined ? 'document-missing' : 'document-different', seq, what }];
    }),
  );
}

function ofInbox({ inbox }: StoredCase, outcomes: Told['outcomes']): Difference[] {
  const verdicts = new Map(outcomes.map((o) => [o.key, o.verdict]));
  return inbox.flatMap(({ key, outcome }) => ofRow(key, outcome, verdicts.get(key)));
}

/** A refusal need not stand in the history: a validator refuses without a trace. */
function ofRow(what: string, outcome: Verdict | null, verdict: Verdict | undefined): Difference[] {
  if (outcome === null) return [{ kind: verdict === undefined ? 'inbox-open' : 'outcome-missing', what }];
  if (verdict === undefined && outcome.outcome === 'refused') return [];
  return same(outcome, verdict ?? null) ? [] : [{ kind: 'outcome-different', what }];
}

function ofRun({ file }: StoredCase, ended: Told['ended']): Difference[] {
  if (ended === undefined || ended === 'completed' || file?.status === 'closed') return [];
  return [{ kind: 'run-ended', what: ended }];
}

/** Closed and past retention, the store stands alone; open, it has lost who decides. */
function withoutHistory(stored: StoredCase): Comparison {
  const { file, events, inbox } = stored;
  const open = inbox.filter((row) => row.outcome === null).map(({ key }): Difference => ({ kind: 'inbox-open', what: key }));
  const bodies = events.map((e) => e.body);
  const inOrder = bodies.every((event, i) => event.seq === i + 1);
  const differences = [...ofChain(stored), ...(inOrder ? ofProjection(stored, bodies) : []), ...ofDocuments(stored), ...open];
  if (file === undefined) return { differences, notes: [] };
  if (file.status === 'closed') return { differences, notes: [{ kind: 'only-in-store' }] };
  return { differences: [...differences, { kind: 'run-lost' }], notes: [] };
}
