/** What the company decides on in setting up an outlet: an application, a list of outlets. */
import type { Answered, AskOptions, Case } from '../kit/case.ts';

interface Decision {
  /** The tier table that says who decides. */
  readonly table: string;
  /** Refused, another version may be brought. */
  readonly again: boolean;
  readonly guard?: AskOptions['guard'];
}

/**
 * Asks the chain of the table on one version after another; while one is being decided a new one may be brought. Returns the
 * facts of what was approved, undefined when it was refused for good. Never decided by time.
 */
export async function approveOutlet<F>(
  c: Case,
  name: string,
  first: Answered<F>,
  { table, again, guard }: Decision,
): Promise<F | undefined> {
  const [tier] = c.rules.tiers[table]?.rows ?? [];
  if (tier === undefined) throw new RangeError(`pack ${c.rules.id} does not say who decides on ${name}`);
  const held = guard === undefined ? {} : { guard };
  for (let version = first; ;) {
    let revised = version;
    c.offer<F>(
      name,
      (answer) => {
        revised = answer;
        for (const { act } of tier.chain) c.lapse(`${name}.${act}`, 'superseded');
      },
      { once: true, after: c.now, ...held },
    );
    const { actor, documentHash, occurredAt } = version;
    const outcome = await c.decide({ name, hash: documentHash ?? `unfiled:${name}:${occurredAt}`, by: [actor.person], tier });
    c.lapse(name, outcome);
    if (outcome === 'approved') return version.facts;
    if (outcome === 'rejected' && !again) return undefined;
    version = outcome === 'superseded' ? revised : await c.ask<F>(name, { within: null, ...held });
  }
}
