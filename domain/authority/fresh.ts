/**
 * Decisions of larger amounts are for somebody who has just shown to be there (OWASP ASVS 5.0, 7.5.3): a pack's switch `freshSignInAbove`
 * says above which amount.
 */
import type { CaseState, TaskState } from '../case/state.ts';
import type { Fen } from '../money.ts';
import type { Instant } from '../time.ts';

/** How long an entered password counts. */
const FRESH_MS = 5 * 60_000;

/** @param freshAt when whoever asks has last shown to be there; a token never does */
export const isFreshAt = (freshAt: Instant | undefined, at: Instant): boolean => freshAt !== undefined && at - freshAt <= FRESH_MS;

export interface Answer {
  readonly step: string;
  readonly task?: string | undefined;
  readonly facts: Readonly<Record<string, unknown>>;
}

/**
 * Fen that an answer decides on: of the version that it names, which the case will not let it change, since a version is of one amount and
 * the case takes no decision that names none. Undefined: no amount is decided. `unknown`: no open task of that version is known.
 */
export function amountDecided(tasks: CaseState['tasks'], { step, task, facts }: Answer): Fen | 'unknown' | undefined {
  const { version, proposalHash } = facts;
  if (version === undefined && proposalHash === undefined) return undefined;
  const isNamed = ({ id, proposal }: TaskState): boolean =>
    (task ?? id) === id &&
    proposal !== undefined &&
    (version ?? proposal.version) === proposal.version &&
    (proposalHash ?? proposal.hash) === proposal.hash;
  const decided = Object.values(tasks).filter((one) => one.step === step && one.status === 'open' && isNamed(one));
  if (decided.length === 0) return 'unknown';
  const amounts = decided.flatMap(({ proposal }) => proposal?.amount ?? []);
  return amounts.length === 0 ? undefined : Math.max(...amounts);
}
