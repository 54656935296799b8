/**
 * A decision: the links of a chain on one version, in order or all at once. Any new version voids all earlier decisions
 * (readings 9), one refusal all votes of its version (readings 15). Never decided by time: each link is reminded and
 * escalated, not skipped (readings 7).
 */
import { linkStep } from '../../domain/approval.ts';
import { barredFrom } from '../../domain/authority/duties.ts';
import { contributors, deedsOf } from '../../domain/authority/of-case.ts';
import type { ProposalRef } from '../../domain/case/event.ts';
import type { Fen } from '../../domain/money.ts';
import type { ChainLink, LimitName, StepId, Tier } from '../../domain/pack.ts';
import type { Answered, AskOptions, Case } from './case.ts';
import { Lapsed } from './errors.ts';
import type { Journal } from './journal.ts';

export interface Draft {
  readonly name: string;
  readonly amount?: Fen;
  /** What the tier was chosen by. */
  readonly sum?: Fen;
  readonly hash: string;
  /** Who drew it up, by person: they may not decide it. */
  readonly by: readonly string[];
  /** The row of a tier table, or what else says who is asked: id, clause and chain. */
  readonly tier: Pick<Tier, 'id' | 'clause' | 'chain'>;
  /** Asks every link at once, and all must approve: one refusal voids all votes of the version. Default: in order. */
  readonly mode?: 'all';
  /** The step to decide at, where it is not `<name>.<act>`. */
  readonly step?: StepId;
  /** The limit of each decision, where it is not `approval`. */
  readonly within?: LimitName;
}

interface Decided {
  readonly decision: 'approve' | 'reject';
  readonly reason?: true;
}

/** Undefined: the version was superseded before it was given. */
type Vote = Decided['decision'] | undefined;

export type Outcome = 'approved' | 'rejected' | 'superseded';

type Asking = Pick<Case, 'ask' | 'lapse' | 'state' | 'edition'>;

export async function decide(c: Asking, journal: Journal, draft: Draft): Promise<Outcome> {
  const { name, amount, hash, sum, tier, mode } = draft;
  const before = c.state.proposals[name];
  const by = c.edition < 6 ? draft.by : contributors(before, draft.by);
  const version = (before?.version ?? 0) + 1;
  const ref: ProposalRef = { name, hash, version, ...(amount === undefined ? {} : { amount }) };
  journal.emit(
    'proposed',
    { ...ref, tier: tier.id, chain: tier.chain, by, ...(sum === undefined ? {} : { sum }), ...(mode === undefined ? {} : { mode }) },
    { clause: tier.clause },
  );
  const ask = (link: ChainLink): Promise<Vote> => vote(c, journal, { ...draft, by }, ref, link);
  const votes = mode === 'all' ? await Promise.all(tier.chain.map(ask)) : await inOrder(tier.chain, ask);
  const outcome = votes.includes('reject') ? 'rejected' : votes.includes(undefined) ? 'superseded' : 'approved';
  journal.emit('proposal-settled', { name, version, outcome });
  return outcome;
}

async function vote(c: Asking, journal: Journal, draft: Draft, proposal: ProposalRef, link: ChainLink): Promise<Vote> {
  const { name, step, by, tier, mode, within = 'approval' } = draft;
  const at = step ?? linkStep(name, link);
  const notBy =
    c.edition < 6 ? by : barredFrom('proposal', link.act, deedsOf({ ...c.state.proposals[name]!, version: proposal.version }, by));
  const answer = await askLink(c, at, { by: [link.role], within, proposal, notBy });
  if (answer === undefined) return undefined;
  const decision = answer.unrecorded ? 'approve' : answer.facts.decision;
  journal.emit(
    'decided',
    {
      proposal,
      act: link.act,
      decision,
      reasonGiven: answer.facts.reason === true,
      ...(answer.documentHash === undefined ? {} : { documentHash: answer.documentHash }),
    },
    { actor: answer.actor, occurredAt: answer.occurredAt, clause: tier.clause },
  );
  if (mode === 'all' && decision === 'reject') c.lapse(at, 'refused');
  return decision;
}

/** A superseded decision ends the chain; the end of the case goes on up. */
async function askLink(c: Asking, step: StepId, options: AskOptions): Promise<Answered<Decided> | undefined> {
  try {
    return await c.ask<Decided>(step, options);
  } catch (error) {
    if (error instanceof Lapsed && c.state.reason === undefined) return undefined;
    throw error;
  }
}

/** Each link when the one before has approved. */
async function inOrder(chain: readonly ChainLink[], ask: (link: ChainLink) => Promise<Vote>): Promise<Vote[]> {
  const votes: Vote[] = [];
  for (const link of chain) {
    const vote = await ask(link);
    votes.push(vote);
    if (vote !== 'approve') break;
  }
  return votes;
}
