/** A proposal goes through its chain until a version is approved: by amount, by severity, by class or by a list. */
import { tierAmount, tierFor } from '../../domain/approval.ts';
import type { Fen } from '../../domain/money.ts';
import type { RoleId } from '../../domain/pack.ts';
import type { Answered, Case } from '../kit/case.ts';
import type { Draft } from '../kit/decide.ts';

/** One version of what is decided on. */
export interface Version {
  readonly hash: string;
  /** Who drew it up, by person: they may not approve it. */
  readonly by: readonly string[];
}

export interface Proposal extends Version {
  readonly amount: Fen;
}

/** Who decides on a version; undefined: it needs nobody. */
export type Chain = Pick<Draft, 'tier' | 'mode' | 'sum' | 'step' | 'within'> | undefined;

/**
 * Asks the chain of one version after another: a rejection brings the proposal back to its author within `nextVersion`;
 * a new version entered meanwhile voids what was decided on the old one (readings 8, 9). `name` is the step at which a new
 * version is entered, by the pack's roles or those in `by`; `read` makes a version of its answer. Returns the version that stands, approved where needed.
 */
export async function approveVersions<V extends Version & { readonly amount?: Fen }>(
  c: Case,
  name: string,
  first: V,
  { read, chain, by }: { read: (answer: Answered<never>) => V; chain: (version: V) => Chain; by?: readonly RoleId[] },
): Promise<V> {
  const authors = by === undefined ? {} : { by };
  let version = first;
  for (let asked = chain(version); asked !== undefined; asked = chain(version)) {
    let revised = version;
    const steps = asked.step === undefined ? [`${name}.review`, `${name}.approve`] : [asked.step];
    // While a version is being decided, its author may enter a new one: the open decision then lapses.
    c.offer<never>(
      name,
      (answer) => {
        revised = read(answer);
        for (const step of steps) c.lapse(step, 'superseded');
      },
      { once: true, after: c.now, ...authors },
    );
    const outcome = await c.decide({ name, ...version, ...asked });
    c.lapse(name, outcome);
    if (outcome === 'approved') break;
    version = outcome === 'superseded' ? revised : read(await c.ask<never>(name, { within: 'nextVersion', ...authors }));
  }
  return version;
}

/**
 * By the tier of its amount: before the work, by estimate [CS19.P7]. `earlier` are the case's amounts that are summed with it; `needed` says whether a
 * version needs approval at all.
 */
export function approveByAmount(
  c: Case,
  name: string,
  first: Proposal,
  { table, earlier = [], needed = () => true }: { table: string; earlier?: readonly Fen[]; needed?: (amount: Fen) => boolean },
): Promise<Proposal> {
  const tiers = c.rules.tiers[table];
  if (tiers === undefined) throw new RangeError(`pack ${c.rules.id} has no tier table ${table}`);
  return approveVersions(c, name, first, {
    read: toProposal,
    chain: ({ amount }) => {
      if (!needed(amount)) return undefined;
      const sum = tierAmount(tiers, amount, earlier);
      return { tier: tierFor(tiers, sum), sum };
    },
  });
}

interface Answer {
  readonly actor: { readonly person: string };
  readonly occurredAt: number;
  readonly documentHash?: string;
}

/** A version's hash is that of the document with its exact text; a message without one is named by what it says. */
export function toProposal(answer: Answer & { readonly facts: { readonly amount: Fen } }): Proposal {
  const { amount } = answer.facts;
  return { amount, ...toVersion(answer, amount) };
}

/** A plan, a report, a list: what is decided on without an amount. */
export function toVersion({ actor, documentHash, occurredAt }: Answer, what: string | number = 'plan'): Version {
  return { hash: documentHash ?? `unfiled:${what}:${occurredAt}`, by: [actor.person] };
}
