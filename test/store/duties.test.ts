/** Duties that the store itself holds apart, whoever writes; and a record that can still hold what a history holds. */
import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { hasForgery } from '../../db/forgeries.ts';
import { DutyBroken } from '../../db/duty-acts.ts';
import { restoreRows } from '../../db/restore.ts';
import { record } from '../../db/record.ts';
import { recordDoubted } from '../../desk/record.ts';
import { duties, type Duty } from '../../domain/authority/duties.ts';
import type { AnyEvent } from '../../domain/case/event.ts';
import { batchOf, story } from './support/story.ts';
import { useStore } from './support/store.ts';

const store = useStore();

test('the store has the rows of the table, and no others', async () => {
  const rows = await store.db.selectFrom('duty').selectAll().execute();
  const said = (thing: string, done: string, then: string): string => `${thing} ${done} ${then}`;
  expect(rows.map((r) => said(r.thing, r.done, r.then_act)).toSorted()).toEqual(
    duties.map((d) => said(d.thing, d.done, d.never)).toSorted(),
  );
});

/** Writes straight into the store, as the application may. */
async function acted(duty: Duty, what: string, act: string, person: string): Promise<void> {
  if (duty.thing === 'entry') return actedOnEntry(duty, what, act, person);
  if (duty.thing === 'ledger') return ledgered(what, act, person);
  if (duty.thing === 'emergency') return emergency(duty, what, act, person);
  if (duty.thing === 'joint-act') return jointAct(duty, what, act, person);
  await store.db.insertInto('duty_act').values({ thing: duty.thing, of_thing: what, act, person, case_number: what, seq: 1 }).execute();
}

async function actedOnEntry(duty: Duty, id: string, act: string, person: string): Promise<void> {
  const { never: then } = duty;
  const at = new Date();
  const held = then === 'withdraw' ? 1 : null;
  if (act === 'write') {
    await sql`insert into entry (register, id, version, status, body, search_text, in_force, written_by, changed_at)
      values ('measures', ${id}, 1, 'submitted', '{}', '', ${held}, ${person}, ${at})`.execute(store.db);
    await sql`insert into entry_version (register, id, version, body, definition, person, at, prev_hash, hash)
      values ('measures', ${id}, 1, '{}', '1', ${person}, ${at}, '', '')`.execute(store.db);
    if (then === 'withdraw') await actedOnEntry(duty, id, 'approve', 'sun');
    return;
  }
  await store.db
    .insertInto('entry_act')
    .values({ register: 'measures', id, version: 1, act: act as 'review', person, at, reason: null, key: null })
    .execute();
}

const asks = new Map<string, string>();
/** Each act of it by somebody of its own, but for the one that is looked at. */
async function emergency({ done, never: then }: Duty, what: string, act: string, person: string): Promise<void> {
  const who = { ask: 'p-ask', use: 'p-use', grant: 'p-grant', [act]: person };
  const first = act === done;
  for (const id of [...Object.values(who), person])
    await store.db.insertInto('person').values({ id, name: id }).onConflict((c) => c.doNothing()).execute(); // prettier-ignore
  if (first) {
    const { rows } = await sql<{ id: string }>`insert into emergency_ask
      (case_number, pack_id, task_id, step, role, person, asked_by, reason, eligible, ends_at, at, key)
      values (${what}, 'p', 't', 's', 'r', ${who.use}, ${who.ask}, 'r', '{}', now() + interval '1 hour', now(), ${what}) returning id`.execute(
      store.db,
    );
    asks.set(what, rows[0]!.id);
    if (then === 'review')
      await sql`insert into emergency_grant (ask, person, reason, at, key, review_due_at)
        values (${rows[0]!.id}, ${who.grant}, 'r', now(), ${`g:${what}`}, now())`.execute(store.db);
    return;
  }
  const more = act === 'grant' ? sql`now()` : sql`true`;
  await sql`insert into ${sql.table(`emergency_${act}`)} (ask, person, reason, at, key, ${sql.ref(act === 'grant' ? 'review_due_at' : 'right_done')})
    values (${asks.get(what)}, ${person}, 'r', now(), ${`${act}:${what}`}, ${more})`.execute(store.db);
}

async function jointAct({ done, never: then }: Duty, what: string, act: string, person: string): Promise<void> {
  for (const id of ['p-ask', 'p-benefit', person])
    await store.db.insertInto('person').values({ id, name: id }).onConflict((c) => c.doNothing()).execute(); // prettier-ignore
  if (act !== then) {
    const who = { ask: 'p-ask', benefit: 'p-benefit', [done]: person };
    const { rows } = await sql<{ id: string }>`insert into joint_act (kind, person, body, asked_by, at, ends_at, key)
      values ('link', ${who.benefit}, '', ${who.ask}, now(), now() + interval '1 hour', ${what}) returning id`.execute(store.db);
    asks.set(what, rows[0]!.id);
    return;
  }
  await sql`insert into joint_act_end (joint_act, outcome, person, at, key)
    values (${asks.get(what)}, 'confirmed', ${person}, now(), ${what})`.execute(store.db);
}

const deciders = new Map<string, string>();
async function ledgered(account: string, act: string, person: string): Promise<void> {
  if (act === 'decide') {
    await sql`insert into ledger_account (id, kind, owner) values (${account}, 'settlement', 'o')`.execute(store.db);
    deciders.set(account, person);
    return;
  }
  await sql`insert into ledger_entry (account, amount, effect, decided_by, entered_by)
    values (${account}, 1, ${`e:${account}`}, ${deciders.get(account)}, ${person})`.execute(store.db);
}

describe.each(duties)('$thing: $done, then $never', (duty) => {
  const { thing, done, never: then } = duty;
  test('the same person is refused by the store, somebody else is not', async () => {
    const [one, two] = [`${thing}-${done}-${then}-1`, `${thing}-${done}-${then}-2`];
    await acted(duty, one, done, 'zhao');
    await expect(acted(duty, one, then, 'zhao')).rejects.toMatchObject({ constraint: 'separation_of_duties', code: '23514' });
    await acted(duty, two, done, 'zhao');
    await acted(duty, two, then, 'qian');
  });
});

test('acts of cases and the table itself are never changed, and the application adds nothing to the table', async () => {
  for (const table of ['duty', 'duty_act']) {
    await expect(sql`delete from ${sql.table(table)}`.execute(store.owner)).rejects.toThrow(/append-only/);
  }
  await expect(sql`insert into duty values ('a', 'b', 'c')`.execute(store.db)).rejects.toMatchObject({ code: '42501' });
});

/** The story's approval, by whom it should never be. */
function forged(number: string, person: string): AnyEvent[] {
  return story(number).map((event) => (event.kind === 'decided' ? { ...event, actor: { person, role: 'serviceManager' } } : event));
}
const acts = (number: string) =>
  store.db.selectFrom('duty_act').select(['act', 'person', 'seq']).where('case_number', '=', number).orderBy('seq').execute();
const file = (number: string) => store.db.selectFrom('case_file').selectAll().where('number', '=', number).executeTakeFirstOrThrow();

test('an approval by whoever drew it up is refused as a decision, and nothing of its batch is written', async () => {
  const error = await record(store.db, batchOf(forged('D-1', 'p1'))).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DutyBroken);
  expect(error).toMatchObject({ seq: 10 });
  expect(await store.db.selectFrom('event').select('seq').where('case_number', '=', 'D-1').execute()).toEqual([]);
});

test('a history that holds one all the same is recorded as it is: marked for operators, no effect, no act of a duty', async () => {
  const events = forged('D-2', 'p1');
  expect(await recordDoubted(store.db, batchOf(events), async () => [])).toBe(events.length);
  expect((await file('D-2')).needs_ops).toMatch(/event 10 .*separation of duties: D-2\/estimate@1: whoever did draw-up does not approve/);
  expect(await hasForgery(store.db, 'D-2')).toBe(true);
  expect(await acts('D-2')).toEqual([{ act: 'draw-up', person: 'p1', seq: 9 }]);
  // In batches, again, and restored: it stays so.
  const split = forged('D-3', 'p1');
  for (const [from, to] of [[1, 9], [10, 12], [1, 12]] as const) await recordDoubted(store.db, batchOf(split, from, to), async () => []); // prettier-ignore
  await restoreRows(store.db, 'D-3');
  expect(await acts('D-3')).toHaveLength(1);
  expect((await file('D-3')).needs_ops).toMatch(/separation of duties/);
});

test('a right one leaves both acts, and is nothing to operators', async () => {
  await recordDoubted(store.db, batchOf(story('D-4')), async () => []);
  expect((await acts('D-4')).map(({ act, person }) => `${act} ${person}`)).toEqual(['draw-up p1', 'approve p2']);
  expect((await file('D-4')).needs_ops).toBeNull();
});

test('one person reviews and approves at the same instant on two connections: one of the two stands', async () => {
  for (let i = 0; i < 20; i++) {
    const what = { thing: 'proposal', of_thing: `race@${i}`, person: 'zhao', case_number: 'race', seq: 1 };
    const both = await Promise.allSettled(
      ['review', 'approve'].map((act) =>
        store.db
          .insertInto('duty_act')
          .values({ ...what, act })
          .execute(),
      ),
    );
    expect(both.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
  }
});
