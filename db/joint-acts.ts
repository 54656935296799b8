/** Acts of administrators that a second person confirms: asked for, and ended once, by different people, which the store holds itself. */
import { sql } from 'kysely';
import { canonicalJson } from '../domain/canonical.ts';
import { JOINT_ACT_MS, type Alone, type JointActs, type JointKind, type JointOutcome } from '../domain/authority/joint-act.ts';
import { readHeld } from '../domain/authority/deciding.ts';
import type { Instant } from '../domain/time.ts';
import type { Db, Trx } from './database.ts';
import { opener, sealer, subjects } from './personal.ts';

/** What is asked for. */
export interface Asking<K extends JointKind = JointKind> {
  readonly kind: K;
  /** Whom it benefits. */
  readonly person: string | null;
  /** Of roles: of this pack. */
  readonly packId: string | null;
  readonly body: JointActs[K];
  readonly askedBy: string;
  readonly key: string;
}

export interface JointAct<K extends JointKind = JointKind> extends Omit<Asking<K>, 'body'> {
  readonly id: string;
  /** Undefined: nobody can read it any more, as when whoever asked was erased, or it was altered. */
  readonly body: JointActs[K] | undefined;
  readonly at: Instant;
  readonly endsAt: Instant;
  readonly outcome: JointOutcome | null;
  /** Why one person was enough; null: it was not. */
  readonly alone: Alone | null;
  readonly endedBy: string | null;
  readonly endedAt: Instant | null;
}

/** The key was used for something else. */
export class JointKeyReused extends Error {}
/** Somebody was first. */
export class JointEnded extends Error {
  readonly by: string;
  constructor(by: string) {
    super(`ended already by ${by}`);
    this.by = by;
  }
}
/** Nobody has confirmed it in time. */
export class JointOver extends Error {}
/** Whoever asked, or whom it benefits, would have confirmed it: the store has refused it. */
export class SecondPersonNeeded extends Error {}

/** The first that was asked for by this key; undefined: none was. @throws JointKeyReused when it was something else */
export async function firstAsked(db: Db | Trx, asking: Asking): Promise<JointAct | undefined> {
  const first = await one(db, sql`where a.key = ${asking.key}`);
  if (first !== undefined && said(first) !== said(asking)) throw new JointKeyReused(asking.key);
  return first;
}

/**
 * In force at once where one person is enough, and then `carryOut` is part of it; else it waits.
 * @param weighs it gives somebody a say, or destroys something
 * @returns the first one, when the key comes again @throws JointKeyReused
 */
export function askJointAct(
  db: Db,
  asking: Asking,
  { at, weighs }: { readonly at: Instant; readonly weighs: boolean },
  follow: (trx: Trx, act: JointAct) => Promise<void>,
): Promise<JointAct> {
  const { kind, person, packId, body, askedBy, key } = asking;
  return db.transaction().execute(async (trx) => {
    const seal = await sealer(trx, subjects.person(askedBy));
    const [ours] = await trx
      .insertInto('joint_act')
      .values({
        kind,
        person,
        pack_id: packId,
        body: seal.value(body),
        asked_by: askedBy,
        at: new Date(at),
        ends_at: new Date(at + JOINT_ACT_MS),
        key,
      })
      .onConflict((c) => c.column('key').doNothing())
      .returning('id')
      .execute();
    const first = ours === undefined ? await firstAsked(trx, asking) : undefined;
    if (first !== undefined) return first;
    const id = ours?.id ?? '';
    const alone = !weighs ? 'no-power' : (await isSoleAdministrator(trx)) ? 'sole-administrator' : null;
    if (alone !== null) await end(trx, { id, outcome: 'confirmed', alone, person: askedBy, at, key });
    const act = (await findJointAct(trx, id)) as JointAct;
    await follow(trx, act);
    return act;
  });
}

export interface Ending {
  readonly id: string;
  readonly outcome: JointOutcome;
  readonly by: string;
  readonly at: Instant;
  readonly key: string;
}

/**
 * Of two at once one stands; the same again changes nothing. `carryOut` is part of it, and what it throws undoes it.
 * @returns undefined when there is no such act @throws JointEnded, JointOver, SecondPersonNeeded, JointKeyReused
 */
export async function endJointAct(
  db: Db,
  { id, outcome, by, at, key }: Ending,
  follow: (trx: Trx, act: JointAct) => Promise<void>,
): Promise<JointAct | undefined> {
  return db.transaction().execute(async (trx) => {
    const before = await findJointAct(trx, id);
    if (before === undefined) return undefined;
    if (before.outcome === null && before.endsAt <= at) throw new JointOver(id);
    const made = before.outcome === null && (await end(trx, { id, outcome, alone: null, person: by, at, key }));
    const act = (await findJointAct(trx, id)) as JointAct;
    if (made) await follow(trx, act);
    else if (act.outcome === null) throw new JointKeyReused(key);
    else if (act.outcome !== outcome || act.endedBy !== by || act.alone !== null) throw new JointEnded(act.endedBy ?? '');
    return act;
  });
}

/** False: it has ended already, or the key is another's. @throws SecondPersonNeeded */
async function end(
  trx: Trx,
  { id, outcome, alone, person, at, key }: Omit<Ending, 'by'> & { readonly alone: Alone | null; readonly person: string },
): Promise<boolean> {
  try {
    const made = await trx
      .insertInto('joint_act_end')
      .values({ joint_act: id, outcome, alone, person, at: new Date(at), key })
      .onConflict((c) => c.doNothing())
      .returning('joint_act')
      .execute();
    return made.length > 0;
  } catch (error) {
    if ((error as { constraint?: string }).constraint === 'separation_of_duties') throw new SecondPersonNeeded(person);
    throw error;
  }
}

/** There has never been a second administrator who could sign in; nobody becomes one until the transaction ends. */
async function isSoleAdministrator(trx: Trx): Promise<boolean> {
  const { rows } = await sql<{ sole: boolean }>`select sole_administrator() as sole`.execute(trx);
  return rows[0]?.sole === true;
}

export async function findJointAct(db: Db | Trx, id: string): Promise<JointAct | undefined> {
  return one(db, sql`where a.id = ${id}`);
}

export interface Listed {
  /** Only roles of these packs. */
  readonly packs?: readonly string[] | undefined;
  readonly limit: number;
  /** Only those before this id. */
  readonly before?: string | undefined;
  /** Only those that may still be confirmed then. */
  readonly waitingAt?: Instant;
}

/** Newest first; one more than `limit`, if there is one. Without those that needed nobody else. */
export async function jointActs(db: Db, { packs, limit, before, waitingAt }: Listed): Promise<JointAct[]> {
  const given = [
    sql`e.alone is distinct from 'no-power'`,
    ...(packs === undefined ? [] : [sql`a.pack_id = any(${[...packs]}::text[])`]),
    ...(before === undefined ? [] : [sql`a.id < ${before}`]),
    ...(waitingAt === undefined ? [] : [sql`e.joint_act is null and a.ends_at > ${new Date(waitingAt)}`]),
  ];
  return opened(db, sql`where ${sql.join(given, sql` and `)} order by a.id desc limit ${limit + 1}`);
}

/** Roles that the person held, by pack, when others were asked for. */
export async function rolesHadSince(db: Db | Trx, person: string, since: Instant): Promise<[pack: string, roles: string[]][]> {
  const acts = await opened(db, sql`where a.kind = 'roles' and a.person = ${person} and a.at > ${new Date(since)}`);
  return acts.map(({ packId, body }) => [
    packId ?? '',
    body !== undefined && 'had' in body ? body.had.map((text) => readHeld(text).role) : [],
  ]);
}

interface Row {
  readonly id: string;
  readonly kind: JointKind;
  readonly person: string | null;
  readonly pack_id: string | null;
  readonly body: string;
  readonly asked_by: string;
  readonly at: Date;
  readonly ends_at: Date;
  readonly key: string;
  readonly outcome: JointOutcome | null;
  readonly alone: Alone | null;
  readonly ended_by: string | null;
  readonly ended_at: Date | null;
}

async function one(db: Db | Trx, where: ReturnType<typeof sql>): Promise<JointAct | undefined> {
  return (await opened(db, where))[0];
}

async function opened(db: Db | Trx, where: ReturnType<typeof sql>): Promise<JointAct[]> {
  const { rows } = await sql<Row>`select a.*, e.outcome, e.alone, e.person as ended_by, e.at as ended_at
    from joint_act a left join joint_act_end e on e.joint_act = a.id ${where}`.execute(db);
  const open = await opener(db, rows.map((row) => subjects.person(row.asked_by))); // prettier-ignore
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    person: row.person,
    packId: row.pack_id,
    body: unlessForeign(open.value(subjects.person(row.asked_by), row.body)),
    askedBy: row.asked_by,
    at: row.at.getTime(),
    endsAt: row.ends_at.getTime(),
    key: row.key,
    outcome: row.outcome,
    alone: row.alone,
    endedBy: row.ended_by,
    endedAt: row.ended_at?.getTime() ?? null,
  }));
}

/** A text that was never sealed is not what anybody asked for. */
function unlessForeign(body: unknown): JointAct['body'] {
  return typeof body === 'object' ? (body as JointAct['body']) : undefined;
}

/** What makes two requests the same: all but what was found beside it. */
function said({ kind, person, packId, body, askedBy }: Pick<JointAct, 'kind' | 'person' | 'packId' | 'body' | 'askedBy'>): string {
  const { had: _, ...words } = { had: undefined, ...body };
  return canonicalJson({ kind, person, packId, askedBy, words });
}
