/** Asking for what two administrators do together, and ending it. What comes of it stands in the journal. */
import type { FastifyRequest } from 'fastify';
import type { Trx } from '../../db/database.ts';
import {
  askJointAct, endJointAct, firstAsked, JointEnded, JointKeyReused, JointOver, SecondPersonNeeded, type Asking, type JointAct,
} from '../../db/joint-acts.ts'; // prettier-ignore
import { note } from '../../db/journal.ts';
import { rolesByPack } from '../../db/people.ts';
import { barring } from '../../domain/authority/duties.ts';
import type { JointKind, JointOutcome } from '../../domain/authority/joint-act.ts';
import { isAdministrator } from '../access.ts';
import { keyOf } from '../http/idempotency.ts';
import { me } from '../plugins/auth.ts';
import { Problem } from '../problems/problem.ts';
import { prepare, type JointDeps, type Told } from './prepare.ts';

export interface Came {
  readonly act: JointAct;
  readonly told: Told;
}

/**
 * In force at once where one person is enough; else it waits for a second. The same key again gets what came of the first.
 * @throws Problem key-missing, key-reused, and what the kind of act refuses
 */
export async function askJointly<K extends JointKind>(
  deps: JointDeps,
  request: FastifyRequest,
  asked: Omit<Asking<K>, 'askedBy' | 'key'>,
): Promise<Came> {
  const { db } = deps;
  const at = deps.clock();
  const by = me(request).person;
  const asking: Asking = { ...asked, askedBy: by, key: keyOf(request) };
  const first = await firstAsked(db, asking).catch(said);
  if (first !== undefined) return { act: first, told: {} };
  const prepared = await prepare(deps, db, asking);
  let told: Told = {};
  const act = await askJointAct(db, asking, { at, weighs: prepared.weighs }, async (trx, { id, alone }) => {
    if (alone === null) await noted(trx, asking, { by, at, change: 'asked', act: id });
    else {
      const why = alone === 'sole-administrator' ? { act: Number(id), alone: 'sole administrator' } : {};
      told = await prepared.carryOut(trx, at, { person: by, what: why });
    }
  }).catch(said);
  return { act, told };
}

/** @throws Problem not-found, key-missing, key-reused, second-person-needed, already-decided, joint-act-void, and what the kind of act refuses */
export async function endJointly(deps: JointDeps, request: FastifyRequest, act: JointAct, outcome: JointOutcome): Promise<Came> {
  const at = deps.clock();
  const by = me(request).person;
  if (outcome === 'confirmed') mustBeSecond(act, by);
  let told: Told = {};
  const ended = await endJointAct(deps.db, { id: act.id, outcome, by, at, key: keyOf(request) }, async (trx, now) => {
    if (outcome !== 'confirmed') return noted(trx, now, { by, at, change: outcome, act: now.id });
    const { body } = now;
    if (body === undefined)
      throw new Problem('joint-act-void', { zh: '所提内容已不可读。', en: 'What was asked for cannot be read any more.' });
    if (!isAdministrator(await rolesByPack(trx, now.askedBy)))
      throw new Problem('joint-act-void', { zh: '提出人已不是系统管理员。', en: 'Whoever asked for it is no administrator any more.' });
    const prepared = await prepare(deps, trx, { ...now, body });
    told = await prepared.carryOut(trx, at, { person: by, what: { act: Number(now.id), asked: now.askedBy } });
  }).catch(said);
  if (ended === undefined) throw new Problem('not-found');
  return { act: ended, told };
}

/** @throws Problem second-person-needed */
function mustBeSecond({ askedBy, person }: JointAct, by: string): void {
  const deeds = [
    { act: 'ask', persons: [askedBy] },
    { act: 'benefit', persons: person === null ? [] : [person] },
  ];
  const duty = barring('joint-act', 'confirm', deeds, by);
  if (duty !== undefined) throw new Problem(duty.code, { zh: `${duty.zh}。`, en: `${duty.en}.` });
}

async function noted(
  trx: Trx,
  { kind, person, packId }: Pick<Asking, 'kind' | 'person' | 'packId'>,
  { by, at, change, act }: { readonly by: string; readonly at: number; readonly change: string; readonly act: string },
): Promise<void> {
  const what = { of: person ?? '', change: `${kind} ${change}`, act: Number(act), ...(packId === null ? {} : { pack: packId }) };
  await note(trx, { kind: 'people', at, person: by, what });
}

function said(error: unknown): never {
  if (error instanceof JointKeyReused) throw new Problem('key-reused');
  if (error instanceof SecondPersonNeeded) throw new Problem('second-person-needed');
  if (error instanceof JointOver) throw new Problem('joint-act-void', { zh: '已过期限。', en: 'Its time is over.' });
  if (error instanceof JointEnded) throw new Problem('already-decided', { zh: `办理人:${error.by}。`, en: `By ${error.by}.` });
  throw error;
}
