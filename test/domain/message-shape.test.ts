/** What is no message is told by its first part that is not as it has to be. */
import { expect, test } from 'vitest';
import { malformed } from '../../workflows/kit/shape.ts';

const actor = { person: 'li', roles: ['serviceManager'] };
const message = { key: 'k', step: 'survey', facts: {}, actor, occurredAt: 1, receivedAt: 2 };
const full = {
  ...message,
  ...{ task: 'survey#1', documentHash: 'h', away: [{ substitute: 'x' }], signature: 's', change: {} },
  ...{ records: true, past: true, pastEnds: true, unrecorded: true },
  actor: { ...actor, for: [{ person: 'wang', role: 'r' }], emergency: [{ id: '1', role: 'r' }] },
};

test('a message, with all it may hold and with what it must', () => {
  expect([message, full, { ...message, actor: { person: 'li', roles: [] } }].map(malformed)).toEqual([undefined, undefined, undefined]);
});

test.each([null, undefined, 7, 'submit', []])('%j is none', (given) => {
  expect(malformed(given)).toBe('message');
});

test.each([
  ['key', undefined, null, '', 7, 'k'.repeat(501)],
  ['step', undefined, ''],
  ['task', '', 1],
  ['facts', undefined, null, []],
  ['documentHash', '', 1],
  ['actor', undefined, null, 'li'],
  ['away', {}, [1]],
  ['occurredAt', undefined, Number.NaN, '1', 1.5, Infinity],
  ['receivedAt', undefined, Number.NaN, '1', 1.5, Infinity],
  ['records', false, 1],
  ['past', false, 1],
  ['pastEnds', false, 1],
  ['unrecorded', false, 1],
  ['change', null, []],
  ['signature', '', 1],
])('%s is held', (part, ...wrong) => {
  expect(wrong.map((value) => malformed({ ...full, [part as string]: value }))).toEqual(wrong.map(() => part));
});

test.each([
  ['person', undefined, '', 7],
  ['roles', undefined, 'r', [7], ['']],
  ['for', {}, [{ person: 'wang' }], [{ role: 'r' }]],
  ['emergency', {}, [{ id: '1' }], [{ role: 'r' }]],
])('actor.%s is held', (part, ...wrong) => {
  const given = wrong.map((value) => malformed({ ...full, actor: { ...full.actor, [part as string]: value } }));
  expect(given).toEqual(wrong.map(() => `actor.${part as string}`));
});
