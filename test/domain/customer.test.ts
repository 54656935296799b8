/** What a customer may know of a case, and the files that say so. */
import { expect, test } from 'vitest';
import { promiseReason } from '../../domain/customer/promise.ts';
import { progressOf } from '../../domain/customer/progress.ts';
import { tailOf } from '../../domain/customer/side.ts';
import { emptyCase, type CaseState, type ClockState } from '../../domain/case/state.ts';
import type { AnyEvent } from '../../domain/case/event.ts';
import { parseBeijing } from '../../domain/time.ts';
import { loadCustomerSides, loadCustomerSidesText } from '../../packs/customer/load.ts';
import { loadPack } from '../../packs/load.ts';

const at = parseBeijing('2026-03-09 09:20');
const plain = { startAt: at, extended: false, agreed: false, provisional: false };
const side = loadCustomerSides().get('s3-cs19')!;
const { rules } = loadPack('s3-cs19');

test.each([
  [{ kind: 'hours', n: 24 }, '24小时内,夜间与节假日照计', 'within 24 hours, nights and days off included'],
  [
    { kind: 'workdays', n: 1 },
    '1个工作日内,当日与周末、节假日不计,调休上班日计入',
    'within 1 working day, not counting that day, weekends and public holidays',
  ],
  [
    { kind: 'weeks', n: 1, roll: true },
    '7天内,末日遇休息日顺延至下一工作日',
    'within 7 days, to the next working day if it ends on a day off',
  ],
  [{ kind: 'days', n: 60, roll: false }, '60天内', 'within 60 days'],
  [{ kind: 'period', period: 'year' }, '按规定期限', 'the time that our procedure sets'],
] as const)('why a promised time is when it is: %o', (rule, zh, en) => {
  expect(promiseReason(rule, plain)).toEqual({ zh: `自 2026-03-09 09:20 起,${zh}。`, en: `From 2026-03-09 09:20 (Beijing): ${en}.` });
});

test('a promise that was moved, agreed or may still change says so', () => {
  const { zh } = promiseReason({ kind: 'workdays', n: 3 }, { ...plain, extended: true, provisional: true });
  expect(zh).toMatch(/已征得您同意延期;节假日安排公布后可能调整。$/);
  expect(promiseReason(undefined, { ...plain, agreed: true }).zh).toContain('按与您约定的时间');
});

test.each([
  ['+86 138-0000-4321', '4321'],
  ['０２１－６５４３２１', '4321'],
  ['4321', '4321'],
  ['321', undefined],
  ['分机号', undefined],
  [4321, undefined],
])('the end of a telephone: %s', (telephone, tail) => expect(tailOf(telephone)).toBe(tail));

const clock = (limit: string, more: Partial<ClockState>): ClockState => ({
  id: `${limit}#1`,
  limit,
  hardness: 'hard',
  ladder: 'case',
  round: 1,
  startAt: at,
  dueAt: at + 1_000,
  provisional: false,
  status: 'running',
  of: [],
  remind: false,
  rungs: [],
  rungsFired: 0,
  told: [],
  moves: [],
  ...more,
});
const stateOf = (more: Partial<CaseState>): CaseState => ({ ...emptyCase, number: 'CS19-2026-000001', openedAt: at, ...more });
const stage = (name: string, seq: number): AnyEvent => ({
  seq,
  kind: 'stage-entered',
  occurredAt: at + seq,
  recordedAt: at,
  data: { stage: name },
});

test('only promises are shown that are named and still open', () => {
  const clocks = {
    a: clock('survey', { id: 'a', status: 'met' }),
    b: clock('repairSingle', { id: 'b', dueAt: at + 3_000 }),
    c: clock('approval', { id: 'c' }),
    d: clock('followUpCall', { id: 'd', status: 'breached', dueAt: at - 1 }),
    e: clock('other', { id: 'e', status: 'breached', doneAt: at }),
    f: clock('__proto__', { id: 'f' }),
  };
  const seen = progressOf(stateOf({ clocks }), [], side, rules, at);
  expect(seen.promises.map(({ what, late }) => [what.zh, late])).toEqual([
    ['电话回访', true],
    ['完成维修', false],
  ]);
  expect(progressOf(stateOf({ clocks, status: 'closed' }), [], side, rules, at).promises).toEqual([]);
});

test('stages that a customer cannot tell apart are one; one without a word of its own is in hand', () => {
  const events = [stage('repair', 1), stage('audit', 2), stage('builder', 3), stage('constructor', 4)];
  const seen = progressOf(stateOf({ stage: 'repair' }), events, side, rules, at);
  expect(seen.stages.map(({ en }) => en)).toEqual(['Received', 'Under repair', 'Repaired; closing formalities', 'In hand']);
  expect(seen.contact.zh).toBe('维修队');
  const closed: AnyEvent = { seq: 5, kind: 'closed', occurredAt: at, recordedAt: at, data: { reason: 'duplicate' } };
  expect(progressOf(stateOf({ status: 'closed' }), [closed], side, rules, at).stage.en).toBe('Goes on in another case of yours');
});

const file = (more: string, packs = 's3-cs19'): string => `
id: x
version: 1.0.0
packs: [${packs}]
kinds: [repair, finalPayment]
role: recordsClerk
contact: { zh: 客, en: c }
telephone: telephone
stages: {}
promises: {}
${more}`;
const intake = (fields: string, kinds = 'repair'): string => `intake: { kinds: [${kinds}], fields: [${fields}] }`;

test.each([
  ['a telephone that is a fact or missing', intake('summary'), 'telephone: "telephone" is no text of the intake'],
  ['a field that is not there', intake('telephone, nonsense'), 'has no field "nonsense"'],
  ['an amount', intake('telephone, provisionalEstimate'), '"provisionalEstimate" is of type money'],
  ['a kind that nobody may follow', intake('telephone', 'other'), '"other" is reported and not followed'],
  ['a kind that is not there', intake('telephone', 'nonsense'), 'has no kind "nonsense"'],
  ['a kind that the role may not open', intake('telephone', 'finalPayment'), 'may not open "finalPayment"'],
  ['a step that the role may not answer', 'opinion: { step: payment, asks: { zh: 问, en: a }, solved: {}, notSolved: {}, words: note }', '"recordsClerk" may not answer "payment"'],
  ['a degree that is no option', 'opinion: { step: followUp, asks: { zh: 问, en: a }, solved: { satisfied: true }, notSolved: { satisfied: false }, words: remark, degree: { field: degree, solved: [great], notSolved: [fair] } }', '"great" is no option'],
])('refused in a file: %s', (_, more, wrong) => {
  expect(() => loadCustomerSidesText(file(more), 'x.yaml')).toThrow(wrong);
}); // prettier-ignore

test('a limit that the pack has not, and a pack named twice', () => {
  expect(() => loadCustomerSidesText(file('').replace('promises: {}', 'promises: { never: { zh: 无, en: n } }'), 'x.yaml')).toThrow(
    'no such limit',
  );
  expect(() => loadCustomerSidesText(file('', 's3-cs19, s3-cs19'), 'x.yaml')).toThrow('s3-cs19 is named twice');
});
