/** Whoever comes second is told who came first: printed name, verdict and when, instead of a bare "closed already". */
import { setTimeout as pause } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import type { Db } from '../../db/database.ts';
import { signedDecisionsIn, type SignedDecision } from '../../db/read/decisions.ts';
import { EVERY_EVENT, eventsOf } from '../../db/read/events.ts';
import type { RuleBook } from '../../desk/index.ts';
import { labelOf } from '../../domain/case/acts.ts';
import { MEANINGS } from '../../domain/case/decisions.ts';
import type { Pack } from '../../domain/pack.ts';
import { formatInstant } from '../../domain/time.ts';
import type { ProblemMore } from '../problems/problem.ts';
import { caseFor } from './find.ts';

/** The winner is answered when it is recorded; whoever has lost may hear of it a moment earlier. */
const LOOKS_MS = [0, 50, 150, 400, 900];

interface Deps {
  readonly db: Db;
  readonly rules: Pick<RuleBook, 'pinned'>;
}

/** Refusals that mean that somebody was first. */
export const LOST: ReadonlySet<string> = new Set(['task-closed', 'already-decided', 'stale-version', 'task-not-open']);

/**
 * @param step `<proposal>.<act>`; of other steps nothing is decided
 * @returns undefined when the record holds no decision of that proposal
 */
export async function whoWon({ db, rules }: Deps, request: FastifyRequest, number: string, step: string): Promise<ProblemMore | undefined> {
  const dot = step.lastIndexOf('.');
  if (dot < 0) return undefined;
  for (const wait of LOOKS_MS) {
    await pause(wait);
    const rows = await eventsOf(db, number, 0, EVERY_EVENT);
    const first = (await signedDecisionsIn(db, number, rows)).findLast(
      ({ on, event, meaning }) => event.kind === 'decided' && on === step.slice(0, dot) && meaning !== 'acknowledged',
    );
    if (first === undefined) continue;
    const { state } = await caseFor(db, request, number);
    return told(first, await rules.pinned(state.pack.hash).catch(() => undefined));
  }
  return undefined;
}

function told({ event, name, meaning, on, proposal }: SignedDecision, pack: Pack | undefined): ProblemMore {
  const who = name ?? event.actor?.person ?? '?';
  const [verdict, what, at] = [
    MEANINGS[meaning],
    pack === undefined ? undefined : labelOf(pack, on),
    `${formatInstant(event.occurredAt)} +08:00`,
  ];
  const version = proposal === undefined ? '' : ` v${proposal.version}`;
  return {
    zh: `${who}已于${at}对${what?.zh ?? on}${version}作出决定：${verdict.zh}。`,
    en: `${who} has decided on ${what?.en ?? on}${version} already, at ${at}: ${verdict.en}.`,
  };
}
