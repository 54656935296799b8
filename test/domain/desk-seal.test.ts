/** What the desk has sealed cannot be altered, and an event that says more than its message does not agree with it. */
import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { agrees } from '../../desk/agrees.ts';
import { isSealed, seal, type Frame } from '../../desk/seal.ts';
import { canonicalJson } from '../../domain/canonical.ts';
import type { AnyEvent } from '../../domain/case/event.ts';
import type { Message } from '../../workflows/kit/messages.ts';

const key = Buffer.alloc(32, 7);
const number = 'R-2026-1';
const message: Message = {
  key: 'k',
  step: 'estimate.approve',
  task: 'estimate.approve#1',
  facts: { decision: 'approve', version: 2, proposalHash: 'h2' },
  documentHash: 'd',
  actor: {
    person: 'li',
    roles: ['clerk'],
    for: [
      { person: 'wang', role: 'serviceManager' },
      { person: 'zhao', role: 'generalManager', delegation: { id: 'g1' } },
    ],
    emergency: [{ id: 'e1', role: 'auditor', step: 'estimate.approve', asked: 'a', granted: 'b' }],
  },
  occurredAt: 1_000,
  receivedAt: 2_000,
};
const frame = {
  workflow: 'propertyRepair',
  number,
  kind: 'repair',
  rules: { id: 'p', version: '1', hash: 'ph', switches: { decisionsPastDesk: 'refused' } },
  calendar: { id: 'cn', version: '2026' },
  messageCap: 1_000,
  edition: 6,
} as unknown as Frame;
const signed = (said: Message, of?: Frame): Message => ({ ...said, signature: seal(key, number, said, of) });

const altered: [field: string, Partial<Message>][] = [
  ['past', { past: true }],
  ['pastEnds', { pastEnds: true }],
  ['unrecorded', { unrecorded: true }],
  ['away', { away: [{ substitute: 'sun' }] }],
  ['change', { change: { calendar: frame.calendar } }],
  ['task', { task: 'estimate.approve#2' }],
  ['facts', { facts: { decision: 'reject', version: 2 } }],
  ['roles', { actor: { ...message.actor, roles: ['clerk', 'serviceManager'] } }],
  ['documentHash', { documentHash: 'e' }],
  ['occurredAt', { occurredAt: 999 }],
  ['receivedAt', { receivedAt: 2_001 }],
];
test.each(altered)('%s cannot be altered, added or taken away under the seal', (_, other) => {
  expect(isSealed([key], number, signed(message))).toBe(true);
  expect(isSealed([key], number, { ...signed(message), ...other })).toBe(false);
  const with_ = signed({ ...message, ...other });
  expect(isSealed([key], number, with_)).toBe(true);
  expect(isSealed([key], number, { ...message, signature: with_.signature! })).toBe(false);
});

const frames: [field: string, object][] = [
  ['workflow', { workflow: 'recall' }],
  ['kind', { kind: 'other' }],
  ['rules under their own hash', { rules: { ...frame.rules, switches: { decisionsPastDesk: 'allowed' } } }],
  ['calendar', { calendar: { ...frame.calendar, version: '2025' } }],
  ['edition', { edition: 4 }],
  ['messageCap', { messageCap: 1 }],
];
test.each(frames)('of an opening, the seal holds its %s', (_, other) => {
  const opening = signed({ ...message, step: 'open' }, frame);
  expect(isSealed([key], number, opening, JSON.parse(JSON.stringify(frame)) as Frame)).toBe(true);
  expect(isSealed([key], number, opening, { ...frame, ...other })).toBe(false);
  expect(isSealed([key], number, opening)).toBe(false);
});

test('who records is no part of it; a seal that is not over the whole message is none of ours', () => {
  expect(isSealed([key], number, { ...signed(message), records: true })).toBe(true);
  const { step, task, facts, documentHash, actor, occurredAt, receivedAt } = message;
  const part = canonicalJson({ number, key: 'k', step, task, facts, documentHash, actor, occurredAt, receivedAt });
  const ofPart = createHmac('sha256', key).update(part, 'utf8').digest('hex');
  for (const signature of [ofPart, `2:${ofPart}`, seal(key, number, message).slice(2)])
    expect(isSealed([key], number, { ...message, signature })).toBe(false);
});

const proposal = { name: 'estimate', version: 2, hash: 'h2' };
const common = { seq: 9, occurredAt: 1_000, recordedAt: 2_000, key: 'k' };
const decided = (actor: object, more: object = {}, data: object = {}): AnyEvent =>
  ({
    ...common,
    kind: 'decided',
    actor,
    ...more,
    data: { proposal, act: 'approve', decision: 'approve', reasonGiven: false, documentHash: 'd', ...data },
  }) as AnyEvent;

const honest: [who: string, actor: object][] = [
  ['their own role', { person: 'li', role: 'clerk' }],
  ['a substitute', { person: 'li', role: 'serviceManager', for: 'wang' }],
  ['a delegate', { person: 'li', role: 'generalManager', for: 'zhao', delegation: 'g1' }],
  ['an emergency', { person: 'li', role: 'auditor', emergency: 'e1' }],
];
test.each(honest)('a decision in %s agrees with the message', (_, actor) => {
  expect(agrees(decided(actor), message)).toBe(true);
});

const inflated: [what: string, event: AnyEvent][] = [
  ['a role that was not sealed', decided({ person: 'li', role: 'serviceManager' })],
  ['somebody else', decided({ person: 'mallory', role: 'clerk' })],
  ['for somebody in another role of theirs', decided({ person: 'li', role: 'generalManager', for: 'wang' })],
  ['by another delegation', decided({ person: 'li', role: 'generalManager', for: 'zhao', delegation: 'g2' })],
  ['a delegate’s as a substitute’s', decided({ person: 'li', role: 'generalManager', for: 'zhao' })],
  ['a delegation of nobody', decided({ person: 'li', role: 'clerk', delegation: 'g1' })],
  ['another emergency', decided({ person: 'li', role: 'auditor', emergency: 'e2' })],
  ['an emergency in another role', decided({ person: 'li', role: 'serviceManager', emergency: 'e1' })],
  ['another version', decided({ person: 'li', role: 'clerk' }, {}, { proposal: { ...proposal, version: 3 } })],
  ['another text', decided({ person: 'li', role: 'clerk' }, {}, { proposal: { ...proposal, hash: 'h3' } })],
  ['another document', decided({ person: 'li', role: 'clerk' }, {}, { documentHash: 'x' })],
  ['another decision', decided({ person: 'li', role: 'clerk' }, {}, { decision: 'reject' })],
  ['another time', decided({ person: 'li', role: 'clerk' }, { occurredAt: 999 })],
  ['the past', decided({ person: 'li', role: 'clerk' }, { past: true })],
];
test.each(inflated)('a decision that says otherwise does not: %s', (_, event) => {
  expect(agrees(event, message)).toBe(false);
});

test('an old register’s decision, known to have been made only, agrees as an approval', () => {
  const past: Message = { ...message, facts: {}, past: true, unrecorded: true };
  expect(agrees(decided({ person: 'li', role: 'clerk' }, { past: true }), past)).toBe(true);
});

test('an opening is one of its own pack, calendar and kind', () => {
  const opening: Message = { ...message, step: 'open', facts: { channel: 'hotline' } };
  const pack = { id: 'p', version: '1', hash: 'ph' };
  const data = { number, kind: 'repair', pack, calendar: { id: 'cn', version: '2026' }, facts: opening.facts, documentHash: 'd' };
  const opened = (more: object = {}, role = 'clerk') =>
    ({ ...common, seq: 1, kind: 'opened', actor: { person: 'li', role }, data: { ...data, ...more } }) as AnyEvent;
  expect(agrees(opened(), opening, frame)).toBe(true);
  for (const other of [
    { kind: 'other' },
    { pack: { ...pack, hash: 'x' } },
    { pack: { ...pack, version: '2' } },
    { pack: { ...pack, id: 'q' } },
    { calendar: { id: 'cn', version: '2025' } },
    { number: 'R-2026-2' },
  ])
    expect(agrees(opened(other), opening, frame)).toBe(false);
  expect(agrees(opened({}, 'serviceManager'), opening, frame)).toBe(false);
});
