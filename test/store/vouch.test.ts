/** Events that are not what they give themselves out for, found by whoever records them. */
import { expect, test } from 'vitest';
import { forgeriesIn } from '../../desk/vouch.ts';
import type { AnyEvent } from '../../domain/case/event.ts';
import { testSealKey } from '../support/seal.ts';
import { story } from './support/story.ts';
import { useStore } from './support/store.ts';

const store = useStore();
const [opened] = story('K-1');
const by = { person: 'mallory', role: 'serviceManager' };
const event = (over: object): AnyEvent => ({ ...opened!, actor: by, ...over }) as AnyEvent;
const whyOf = async (...events: AnyEvent[]) =>
  (await forgeriesIn(store.db, [testSealKey], 'K-1', events)).map(({ key, seq, why }) => [key, seq, why]);

test('who names a person names a message', async () => {
  const bare = 'it names a person and no message';
  const { key: _, ...keyless } = event({ seq: 4, kind: 'submitted' });
  expect(await whyOf(keyless as AnyEvent)).toEqual([['event:4', 4, bare]]);
  expect(await whyOf(event({ seq: 5, kind: 'decided', key: null }))).toEqual([['event:5', 5, bare]]);
  expect(await whyOf({ ...keyless, actor: undefined } as unknown as AnyEvent)).toEqual([]);
});

test.each([
  ['opened', 'the case was opened past the desk'],
  ['rebased', 'its rules were exchanged past the desk'],
])('nothing is %s past the desk', async (kind, why) => {
  expect(await whyOf(event({ kind, key: 'theirs', outside: true, seq: 9 }))).toEqual([['theirs', 9, why]]);
});

test('what is marked as past the desk uses no key of the desk’s', async () => {
  const note = event({ kind: 'submitted', key: 'ours', outside: true, seq: 3 });
  expect(await whyOf(note)).toEqual([]);
  await store.db
    .insertInto('inbox')
    .values({
      ...{ key: 'ours', case_number: 'K-2', step: 'registerNote', mode: 'update', command: '{}', fingerprint: 'f', person: 'p' },
      received_at: new Date(),
    })
    .execute();
  expect(await whyOf(note)).toEqual([['ours', 3, 'it was sent past the desk under the key of a message that the desk has received']]);
});
