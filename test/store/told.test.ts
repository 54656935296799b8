/** Rows of the outbox: whom they reach, and when they may leave. */
import { expect, test } from 'vitest';
import { enterAbsence } from '../../db/absence.ts';
import { record } from '../../db/record.ts';
import { batchOf, noon, story } from './support/story.ts';
import { useStore } from './support/store.ts';

const store = useStore();
const HOUR = 3_600_000;

async function people(...held: [person: string, role: string, pack?: string][]): Promise<void> {
  for (const [person, role, pack = 's3-cs19'] of held) {
    await store.db
      .insertInto('person')
      .values({ id: person, name: person })
      .onConflict((c) => c.doNothing())
      .execute();
    await store.db
      .insertInto('person_role')
      .values({ person, pack_id: pack, role })
      .onConflict((c) => c.doNothing())
      .execute();
  }
}
const rows = (number: string) =>
  store.db.selectFrom('outbox').select(['recipient', 'persons', 'not_before']).where('case_number', '=', number).orderBy('seq').execute();

test('to the holders of the role in the pack; to a substitute for whom is absent when it is written', async () => {
  await people(
    ['boss', 'generalManager'],
    ['deputy', 'clerk'],
    ['treasurer', 'finance'],
    ['second', 'finance'],
    ['elsewhere', 'finance', 'other-pack'],
  );
  const span = { from: noon, until: noon + 48 * HOUR };
  await enterAbsence(store.db, { person: 'boss', substitute: 'deputy', ...span }, { key: 'a', by: 'boss', at: noon });
  await record(store.db, batchOf(story('T-1')));
  expect(await rows('T-1')).toEqual([
    { recipient: 'finance', persons: ['second', 'treasurer'], not_before: null },
    { recipient: 'generalManager', persons: ['deputy'], not_before: null },
  ]);
  // After it, and before it, to the holder.
  await record(store.db, batchOf(story('T-2', { at: span.until })));
  expect((await rows('T-2'))[1]?.persons).toEqual(['boss']);
  // Only in another role: this one is untouched.
  await enterAbsence(
    store.db,
    { person: 'treasurer', substitute: 'deputy', ...span, pack: 's3-cs19', role: 'audit' },
    { key: 'b', by: 'boss', at: noon },
  );
  await enterAbsence(
    store.db,
    { person: 'second', substitute: 'treasurer', ...span, pack: 's3-cs19', role: 'finance' },
    { key: 'c', by: 'boss', at: noon },
  );
  await record(store.db, batchOf(story('T-3')));
  expect((await rows('T-3'))[0]?.persons).toEqual(['treasurer']);
});

test('the narrower scope goes first; nobody stands in for a substitute; if nobody is there, all of them are told', async () => {
  await people(['r1', 'finance', 'p'], ['r2', 'finance', 'p'], ['s1', 'x', 'p'], ['s2', 'x', 'p']);
  const span = { from: noon, until: noon + 48 * HOUR };
  const told = async (recipient = 'finance') =>
    (
      await store.db
        .selectNoFrom((q) => q.fn<string[]>('persons_told', [q.val('p'), q.val(recipient), q.val(new Date(noon + HOUR))]).as('t'))
        .executeTakeFirstOrThrow()
    ).t;
  const absent = (person: string, substitute: string, more = {}) =>
    enterAbsence(store.db, { person, substitute, ...span, ...more }, { key: `${person} ${JSON.stringify(more)}`, by: person, at: noon });
  await absent('r1', 's1');
  expect(await told()).toEqual(['r2', 's1']);
  await absent('r1', 's2', { pack: 'p', role: 'finance' });
  expect(await told()).toEqual(['r2', 's2']);
  expect(await told('person:r1')).toHaveLength(1);
  await absent('s2', 's1');
  expect(await told()).toEqual(['r2']);
  await absent('r2', 's2');
  expect(await told()).toEqual(['r1', 'r2']);
  expect(await told('nobody')).toEqual([]);
});

test('what waits for the quiet hours carries the instant', async () => {
  const leaves = noon + 20 * HOUR;
  const events = story('T-4').map((e) => (e.kind === 'told' ? { ...e, notBefore: leaves } : e));
  await record(store.db, batchOf(events));
  expect((await rows('T-4')).map((r) => r.not_before?.getTime())).toEqual([leaves, undefined]);
});

test('the table holds its own rules, whoever writes to it', async () => {
  await people(['one', 'x'], ['two', 'x']);
  const row: Record<string, unknown> = {
    person: 'one',
    substitute: 'two',
    starts_at: new Date(noon),
    ends_at: new Date(noon + 1),
    pack_id: null,
    role: null,
    reason: null,
    entered_by: 'one',
    entered_at: new Date(noon),
  };
  const put = (more: Record<string, unknown>, key: string) =>
    store.db
      .insertInto('absence')
      .values({ ...row, ...more, key } as never)
      .execute();
  await expect(put({ substitute: 'one' }, 'k1')).rejects.toThrow(/absence_of_another/);
  await expect(put({ ends_at: new Date(noon) }, 'k2')).rejects.toThrow(/absence_lasts/);
  await expect(put({ entered_by: 'two' }, 'k3')).rejects.toThrow(/separation_of_duties/);
  await expect(put({ role: 'x' }, 'k3')).rejects.toThrow(/absence_scope/);
  await put({}, 'k4');
  await expect(put({ starts_at: new Date(noon + 10), ends_at: new Date(noon + 20) }, 'k4')).rejects.toThrow(/absence_key/);
});
