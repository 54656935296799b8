/** What a case would make of newer rules, without asking it. */
import type { Db } from '../../db/database.ts';
import { byClock, type DueChange, type PlannedItem } from '../../db/bulk.ts';
import { clockChanges, refuseRebase, type Scope, type Under } from '../../domain/case/rebase.ts';
import type { CaseState } from '../../domain/case/state.ts';
import type { Instant } from '../../domain/time.ts';
import type { RuleBook } from '../rule-book.ts';
import { underOf } from './under.ts';

export interface Foreseen {
  readonly next: Partial<Under>;
  readonly scope: Scope;
  readonly at: Instant;
}

export async function foresee(
  db: Db,
  rules: Pick<RuleBook, 'pinned' | 'calendar'>,
  state: CaseState,
  { next, scope, at }: Foreseen,
): Promise<PlannedItem> {
  const { number } = state;
  const before = await underOf(db, rules, number, state);
  if (before === undefined) return { number, changes: [] };
  const after = { ...before, ...next };
  const refusal = refuseRebase(state, before, after);
  if (refusal !== undefined) return { number, code: refusal.code, changes: [] };
  const changes = clockChanges(state, before, after, scope, at).map(({ recomputed: { clock, from, to, provisional } }): DueChange => {
    return { clock, from, to, provisional };
  });
  return { number, changes: byClock(changes) };
}
