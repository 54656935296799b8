/** Who gives the second word on what administrators ask for. */
import { jointActs, type JointAct } from '../../db/joint-acts.ts';
import type { Identity } from '../../db/read/identity.ts';
import { mayJudgeRoles } from '../../domain/authority/joint-act.ts';
import { isAdministrator } from '../access.ts';
import type { JointDeps } from './prepare.ts';

type Deps = Pick<JointDeps, 'db' | 'rules' | 'clock'>;

/** Packs whose general manager the person is for all places; undefined: an administrator, who sees everything. */
export async function judgedPacks({ rules, clock }: Pick<Deps, 'rules' | 'clock'>, who: Identity): Promise<string[] | undefined> {
  if (isAdministrator(who.packs)) return undefined;
  const found: string[] = [];
  for (const id of Object.keys(who.packs)) {
    const pack = await rules.latest(id, clock());
    if (pack !== undefined && mayJudgeRoles(who, id, pack.rules.generalManager)) found.push(id);
  }
  return found;
}

/** What waits for the person to confirm or refuse it; the latest hundred. */
export async function jointActsToDo(deps: Deps, who: Identity): Promise<JointAct[]> {
  const packs = await judgedPacks(deps, who);
  if (packs?.length === 0) return [];
  const waiting = await jointActs(deps.db, { packs, limit: 100, waitingAt: deps.clock() });
  return waiting.filter(({ askedBy, person }) => askedBy !== who.person && person !== who.person);
}
