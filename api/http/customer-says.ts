/** What a customer says by their link, on its way to the case or to those who look after it. */
import type { AppDeps } from '../deps.ts';
import type { Desk, Reply } from '../../desk/types.ts';
import { hashSecret } from '../sign-in/secret.ts';
import { addWord, saidAtLeast, WordKeyReused, type WordKind } from '../../db/customer-words.ts';
import { openTasks, type CaseState, type TaskState } from '../../domain/case/state.ts';
import { CUSTOMER_WEB, type CustomerSide } from '../../domain/customer/side.ts';
import type { Pack } from '../../domain/pack.ts';
import type { RouteDeps } from '../routes/routes.ts';
import { Problem } from '../problems/problem.ts';
import { pinnedPack } from './pack.ts';
import { enter, sideOf, trackedCase, type Door } from './tracking.ts';

/** Words of one link in a day. */
const WORDS_A_DAY = 20;
const DAY_MS = 86_400_000;

type Deps = Pick<RouteDeps, 'db' | 'rules' | 'clock' | 'customers'> & { readonly desk: Desk } & Pick<AppDeps, 'files'>;

export interface Speaker {
  readonly link: string;
  readonly state: CaseState;
  readonly side: CustomerSide;
  readonly pack: Pack | undefined;
}

/** Whoever stands at the door of a case. @throws Problem not-found, also for a case whose opening is not decided yet */
export async function speakerAt(deps: Deps, at: Door): Promise<Speaker> {
  const { link, number } = await enter(deps, at);
  const found = await trackedCase(deps.db, number);
  if (found === undefined) throw new Problem('not-found');
  const { state } = found;
  const pack = await pinnedPack(deps.rules, state.pack.hash);
  return { link, state, side: sideOf(deps.customers, pack ?? state.pack, state.kind), pack };
}

/** Answers a step in the customer's name, as the technical person and in the role that the procedure's customer side names. */
export function answerAs(
  { desk }: Deps,
  { link, state, side }: Speaker,
  key: string,
  step: string,
  form: Record<string, unknown>,
): Promise<Reply> {
  const who = { person: CUSTOMER_WEB, roles: [side.role] };
  return desk.submit({ key: keyAt(link, key), who, number: state.number, step, form });
}

/** The owed task whose clock ends first: what a customer waits for. */
export function owedFirst(state: CaseState): TaskState | undefined {
  const due = ({ clock }: TaskState): number => (clock === undefined ? Infinity : (state.clocks[clock]?.dueAt ?? Infinity));
  return openTasks(state)
    .filter((task) => !task.optional && !task.escalation)
    .toSorted((a, b) => due(a) - due(b) || a.openedAt - b.openedAt)[0];
}

/** @param key the sender's; `whole`: one of our own, for what can be said once only @throws Problem too-many-requests, key-reused */
export async function keepWord(
  deps: Deps,
  speaker: Speaker,
  key: string | { readonly whole: string },
  kind: WordKind,
  body: Record<string, unknown>,
): Promise<void> {
  const { db, clock } = deps;
  const { link, state, side, pack } = speaker;
  const at = clock();
  if (await saidAtLeast(db, link, at - DAY_MS, WORDS_A_DAY)) throw new Problem('too-many-requests', { headers: { 'Retry-After': '3600' } });
  const roles = [...(pack?.rules.coordinator.slice(0, 1) ?? [side.role])];
  const word = {
    key: typeof key === 'string' ? keyAt(link, key) : key.whole,
    caseNumber: state.number,
    link,
    kind,
    round: state.round,
    body,
    at,
  };
  await addWord(db, word, { pack: state.pack.id, roles }).catch((error: unknown) => {
    throw error instanceof WordKeyReused ? new Problem('key-reused') : error;
  });
}

/** Keys of customers are apart from everybody's: nobody finds out by them what others have said. */
export const keyAt = (link: string, key: string): string => `customer-web:${link}:${hashSecret(key)}`;
