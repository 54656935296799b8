/** A case opens another: tried until it is decided, and given to operators when the desk will never take it. */
import { expect, test } from 'vitest';
import { createLinks } from '../../activities/links.ts';
import { record } from '../../db/record.ts';
import { openLinked } from '../../desk/linked.ts';
import { FormError, NotFound, StoreAway, type Desk } from '../../desk/types.ts';
import type { LinkedOpening } from '../../workflows/kit/ports.ts';
import { batchOf, story } from '../store/support/story.ts';
import { useStore } from '../store/support/store.ts';

const store = useStore();

const opening = (number: string): LinkedOpening => ({
  number,
  ordinal: 1,
  pack: 's4-feedback',
  kind: 'recall',
  form: { source: number },
  by: { person: 'a', role: 'quality' },
  occurredAt: Date.UTC(2026, 7, 3),
});

async function run(number: string, open: Desk['open']) {
  await record(store.db, batchOf(story(number)));
  const result = await createLinks(store.db, (asked) => openLinked({ open }, asked))
    .openLinked(opening(number))
    .catch((error: Error) => error.message);
  const row = await store.db.selectFrom('case_file').select('needs_ops').where('number', '=', number).executeTakeFirstOrThrow();
  return { result, needsOps: row.needs_ops };
}

test('decided: named by its kind', async () => {
  const verdict = { outcome: 'accepted', firstSeq: 1, lastSeq: 3 } as const;
  expect(await run('L-1', async () => ({ status: 'decided', number: 'FB-7', seq: 3, verdict }))).toEqual({
    result: { recall: 'FB-7' },
    needsOps: null,
  });
});

test('not decided yet, or the store is away: tried again', async () => {
  expect(await run('L-2', async ({ key }) => ({ status: 'received', number: 'FB-7', key }))).toEqual({
    result: 'case L-2: opening recall is not decided yet',
    needsOps: null,
  });
  expect((await run('L-3', () => Promise.reject(new StoreAway('away')))).result).toBe('away');
});

test.for([
  ['L-4', async () => ({ status: 'refused', number: 'FB-7', code: 'dated-too-far-back' }), 'dated-too-far-back'],
  ['L-5', () => Promise.reject(new NotFound('pack s4-feedback has no kind recall')), 'pack s4-feedback has no kind recall'],
  [
    'L-6',
    () => Promise.reject(new FormError([{ path: 'reason', code: 'bad-facts', zh: '必填', en: 'must be filled' }])),
    'reason: must be filled',
  ],
] as [string, Desk['open'], string][])(
  '%s: what the desk will never take is left to operators, and the case goes on',
  async ([number, open, why]) => {
    expect(await run(number, open)).toEqual({ result: {}, needsOps: `recall could not be opened: ${why}` });
  },
);

test('its key holds a blank: nobody who says something by HTTP can have used it before', async () => {
  const keys: string[] = [];
  await run('L-7', async ({ key }) => {
    keys.push(key);
    return { status: 'refused', number: 'FB-7', code: 'dated-too-far-back' };
  });
  expect(keys).toEqual(['link L-7 recall 1']);
});
