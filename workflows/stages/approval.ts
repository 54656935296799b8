/** A proposal goes through the chain of its amount until a version is approved. */
import { tierAmount, tierFor } from '../../domain/approval.ts';
import type { Fen } from '../../domain/money.ts';
import type { Case } from '../kit/case.ts';

export interface Proposal {
  readonly amount: Fen;
  readonly hash: string;
  /** Who drew it up, by person: they may not approve it. */
  readonly by: readonly string[];
}

/**
 * Asks the chain of the tier (3.6.1) on one version after another: a rejection brings the proposal back to its author
 * within `nextVersion`; a new version entered meanwhile voids what was decided on the old one (readings 8 and 9).
 * `name` is the step at which a new version is entered; `earlier` the case's amounts that are summed with it; `needed`
 * says whether a version needs approval at all. Returns the version that stands, approved where needed.
 */
export async function approveByAmount(
  c: Case,
  name: string,
  first: Proposal,
  { table, earlier = [], needed = () => true }: { table: string; earlier?: readonly Fen[]; needed?: (amount: Fen) => boolean },
): Promise<Proposal> {
  const tiers = c.rules.tiers[table];
  if (tiers === undefined) throw new RangeError(`pack ${c.rules.id} has no tier table ${table}`);
  let proposal = first;
  while (needed(proposal.amount)) {
    const sum = tierAmount(tiers, proposal.amount, earlier);
    let revised = proposal;
    // While a version is being decided, its author may enter a new one: the open decision then lapses.
    c.offer<{ amount: Fen }>(
      name,
      (answer) => {
        revised = toProposal(answer);
        for (const act of ['review', 'approve']) c.lapse(`${name}.${act}`, 'superseded');
      },
      { once: true },
    );
    const outcome = await c.decide({ name, ...proposal, sum, tier: tierFor(tiers, sum) });
    c.lapse(name, outcome);
    if (outcome === 'approved') break;
    proposal = outcome === 'superseded' ? revised : toProposal(await c.ask<{ amount: Fen }>(name, { within: 'nextVersion' }));
  }
  return proposal;
}

interface Answer {
  readonly facts: { readonly amount: Fen };
  readonly actor: { readonly person: string };
  readonly occurredAt: number;
  readonly documentHash?: string;
}

/** A version's hash is that of the document with its exact text; a message without one is named by what it says. */
export function toProposal({ facts, actor, documentHash, occurredAt }: Answer): Proposal {
  return { amount: facts.amount, hash: documentHash ?? `unfiled:${facts.amount}:${occurredAt}`, by: [actor.person] };
}
