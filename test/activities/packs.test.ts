/** Effects of a pack's approval, called past the procedure: what the record does not approve is not put into force. */
import { expect, test } from 'vitest';
import { createPackEffects } from '../../activities/packs.ts';
import { record } from '../../db/record.ts';
import type { AnyEvent } from '../../domain/case/event.ts';
import type { Pack } from '../../domain/pack.ts';
import { story } from '../store/support/story.ts';
import { useStore } from '../store/support/store.ts';
import { surveyWithin } from '../support/versions.ts';

const store = useStore();
const effects = () => createPackEffects(store.db);
const standing = async ({ hash }: Pack) =>
  (await store.db.selectFrom('pack_version').select('status').where('hash', '=', hash).executeTakeFirst())?.status;

/** A case whose record proposes a pack and, when told so, approves it; the draft is filed. */
async function proposal(number: string, pack: Pack, outcome: 'approved' | 'rejected'): Promise<void> {
  const [opened] = story(number);
  const at = { occurredAt: opened!.occurredAt, recordedAt: opened!.recordedAt };
  const ref = { name: 'pack', version: 1, hash: pack.hash };
  const events = [
    opened,
    { ...at, seq: 2, kind: 'proposed', data: { ...ref, tier: 'pack', chain: [], by: ['p'] } },
    { ...at, seq: 3, kind: 'proposal-settled', data: { name: 'pack', version: 1, outcome } },
    { ...at, seq: 4, kind: 'effect-asked', data: { effect: 'activatePack', ordinal: 1 } },
  ] as AnyEvent[];
  await record(store.db, { number, events, outcomes: [] });
  const body = JSON.stringify(pack);
  const content = pack.hash.replace(/^./, (c) => (c === '0' ? '1' : '0')); // any name will do
  await store.db.insertInto('document').values({ hash: content, body }).execute();
  const { id, version, hash } = pack;
  expect(await effects().filePackDraft({ number, ordinal: 1, pack: id, version, hash, content })).toEqual({ filed: true });
}

test('only the hash that the record approves, however often and by however many it is tried', async () => {
  const [good, other] = [surveyWithin('1.1.0', 2), surveyWithin('1.1.1', 3)];
  await proposal('EVAL-1', good, 'approved');
  await expect(effects().activatePack({ number: 'EVAL-1', ordinal: 1, hash: other.hash, activeFrom: 1 })).rejects.toThrow(
    'is not what was approved',
  );
  const call = { number: 'EVAL-1', ordinal: 1, hash: good.hash, activeFrom: 1_000 };
  const tries = await Promise.all(Array.from({ length: 5 }, () => effects().activatePack(call)));
  expect(new Set(tries.map((one) => JSON.stringify(one)))).toEqual(new Set(['{"replaces":"none"}']));
  expect(await standing(good)).toBe('active');
});

test('not what was rejected, nor the draft of another case', async () => {
  const pack = surveyWithin('1.2.0', 4);
  await proposal('EVAL-2', pack, 'rejected');
  const call = { number: 'EVAL-2', ordinal: 1, hash: pack.hash, activeFrom: 1_000 };
  await expect(effects().activatePack(call)).rejects.toThrow('is not what was approved');
  expect(await standing(pack)).toBe('proposed');
  await effects().dropPackDraft({ number: 'EVAL-2', ordinal: 1 });
  expect(await standing(pack)).toBe('rejected');
});
