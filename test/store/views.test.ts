/** Registers that are views over cases: which cases stand in each, in which order, for whom. */
import { beforeAll, describe, expect, test } from 'vitest';
import { casesInView, filedIn } from '../../db/read/views.ts';
import { receive } from '../../db/inbox.ts';
import { record } from '../../db/record.ts';
import { sha256 } from '../../db/hash.ts';
import type { AnyEvent } from '../../domain/case/event.ts';
import { caseViews, type CaseView } from '../../domain/case/views.ts';
import type { Facts } from '../../domain/form-field.ts';
import { loadPack } from '../../packs/load.ts';
import { useStore } from './support/store.ts';

const store = useStore();
const DAY = 86_400_000;
const start = Date.UTC(2026, 8, 1, 4);
const everybody = {
  person: 'reader',
  packs: Object.fromEntries(['s0-ts16949', 's2-cement', 's3-cs19', 's3-std', 's4-feedback'].map((pack) => [pack, ['overseer']])),
};

interface Told {
  readonly number: string;
  readonly pack: string;
  readonly kind: string;
  readonly day: number;
  readonly facts?: Facts;
  readonly filed?: readonly [step: string, facts: Facts, form?: Record<string, unknown>][];
  readonly closedOn?: number;
}

/** A case that only the role `overseer` sees; closed that many days after the start, where it is. */
async function tell({ number, pack, kind, day, facts = {}, filed = [], closedOn }: Told): Promise<void> {
  const events: Omit<AnyEvent, 'seq'>[] = [];
  const at = start + day * DAY;
  const add = (kindOf: AnyEvent['kind'], data: unknown, when = at): void => {
    events.push({ kind: kindOf, occurredAt: when, recordedAt: when, data } as Omit<AnyEvent, 'seq'>);
  };
  const document = async (form: Record<string, unknown>): Promise<string> => {
    const body = JSON.stringify({ form, salt: number + events.length });
    const row = {
      key: `${number}/${events.length}`,
      number,
      step: 'x',
      mode: 'update',
      command: {},
      fingerprint: '',
      person: 'p',
      receivedAt: at,
    } as const;
    await receive(store.db, row, [{ hash: sha256(body), body }]);
    return sha256(body);
  };
  add('opened', {
    ...{ number, kind, facts, overseers: ['overseer'] },
    pack: { id: pack, version: '1.0.0', hash: 'f'.repeat(64) },
    calendar: { id: 'cn', version: '1' },
    documentHash: await document({ customerName: `客户 ${number}` }),
  });
  for (const [i, [step, said, form = {}]] of filed.entries()) {
    add('task-opened', { task: `${step}#${i}`, step, by: ['overseer'], from: at });
    add('submitted', { task: `${step}#${i}`, step, facts: said, documentHash: await document(form) });
  }
  if (closedOn !== undefined) add('closed', { reason: 'completed' }, start + closedOn * DAY);
  await record(store.db, { number, events: events.map((event, i) => ({ ...event, seq: i + 1 }) as AnyEvent), outcomes: [] });
}

beforeAll(async () => {
  const cs19 = { pack: 's3-cs19', kind: 'repair' };
  const all: Told[] = [
    {
      number: 'CS19-1',
      ...cs19,
      day: 1,
      filed: [
        ['registerNote', { note: true }, { note: '一' }],
        ['registerNote', { note: true }, { note: '二' }],
      ],
    },
    { number: 'CS19-2', ...cs19, day: 2, filed: [['earlyWarning', { warning: true }, { warning: '群诉' }]], closedOn: 130 },
    {
      number: 'CS19-3',
      ...cs19,
      day: 3,
      filed: [
        ['followUp', { satisfied: false }],
        ['followUp', { satisfied: true }],
      ],
    },
    { number: 'CS19-4', ...cs19, day: 4, filed: [['followUp', { satisfied: true, degree: 'seriouslyDissatisfied' }]], closedOn: 20 },
    { number: 'CS19-5', ...cs19, day: 5, facts: { phase: 'handOver' }, filed: [['followUp', { satisfied: true, degree: 'fair' }]] },
    { number: 'CS19-6', pack: 's3-cs19', kind: 'equipmentUse', day: 6 },
    { number: 'CEM-1', pack: 's2-cement', kind: 'opinion', day: 7 },
    { number: 'CEM-2', pack: 's2-cement', kind: 'quality', day: 8, filed: [['satisfaction', { complainantSatisfied: false }]] },
    { number: 'TS-1', pack: 's0-ts16949', kind: 'suggestion', day: 9 },
    { number: 'FB-1', pack: 's4-feedback', kind: 'feedback', day: 10, filed: [['classify', { content: ['quality', 'suggestion'] }]] },
    { number: 'FB-2', pack: 's4-feedback', kind: 'feedback', day: 11, filed: [['classify', { content: ['quality'] }]] },
  ];
  for (const one of all) await tell(one);
});

const view = (name: string): CaseView => caseViews.find((one) => one.name === name)!;
const numbers = async (name: string, page: Partial<Parameters<typeof casesInView>[3]> = {}, scope = everybody): Promise<string[]> =>
  (await casesInView(store.db, scope, view(name), { limit: 50, ...page })).map(({ number }) => number);

describe('which cases stand in it, newest first', () => {
  test.each([
    ['calls', ['CS19-5', 'CS19-4', 'CS19-3', 'CS19-2', 'CS19-1']],
    ['suggestions', ['FB-1', 'TS-1', 'CEM-1']],
    ['early-warnings', ['CS19-2']],
    ['dissatisfied', ['CEM-2', 'CS19-4', 'CS19-3']],
    ['hand-over', ['CS19-5']],
    ['year-file', ['CS19-2', 'CS19-4']],
  ])('%s', async (name, expected) => {
    expect(await numbers(name)).toEqual(expected);
  });

  test('the call and visit register has the uniform number, the customer and every process note [CS19.F1]', async () => {
    const filed = await filedIn(store.db, everybody, ['CS19-1'], ['open', 'registerNote']);
    expect(filed.map(({ step, form }) => [step, form])).toEqual([
      ['open', { customerName: '客户 CS19-1' }],
      ['registerNote', { note: '一' }],
      ['registerNote', { note: '二' }],
    ]);
    const columns = view('calls').columns.map(({ name }) => name);
    expect(columns).toEqual(['channel', 'customerName', 'telephone', 'unit', 'summary', 'department', 'handling']);
  });
});

test('a period takes its days, by the closing where the view goes by it', async () => {
  const on = (day: number): number => start + day * DAY;
  expect(await numbers('calls', { from: on(2), to: on(4) })).toEqual(['CS19-3', 'CS19-2']);
  expect(await numbers('year-file', { from: Date.UTC(2026, 11, 31, 16), to: Date.UTC(2027, 11, 31, 16) })).toEqual(['CS19-2']);
});

test('page after page gives each case once', async () => {
  const seen: string[] = [];
  let after: { at: number; number: string } | undefined;
  for (;;) {
    const rows = await casesInView(store.db, everybody, view('calls'), { limit: 2, after });
    seen.push(...rows.slice(0, 2).map(({ number }) => number));
    const last = rows[1];
    if (rows.length <= 2 || last === undefined) break;
    after = { at: last.opened_at.getTime(), number: last.number };
  }
  expect(seen).toEqual(['CS19-5', 'CS19-4', 'CS19-3', 'CS19-2', 'CS19-1']);
});

test('who has nothing to do with a case does not find it in any view', async () => {
  const stranger = { person: 'stranger', packs: { 's3-cs19': ['design'], 's2-cement': ['market'] } };
  for (const { name } of caseViews) expect(await numbers(name, {}, stranger as unknown as typeof everybody)).toEqual([]);
});

test.each(caseViews.map((one) => [one.name, one] as const))(
  '%s names steps, facts and fields that the packs have',
  (_, { when, columns }) => {
    const known = when.flatMap(({ packs = [] }) => packs).map((id) => loadPack(id));
    for (const { packs = [], kinds = [], filed } of when) {
      for (const pack of packs.map((id) => loadPack(id))) {
        for (const kind of kinds) expect(Object.keys(pack.kinds), pack.id).toContain(kind);
        if (filed === undefined || filed.step === 'open') continue;
        const fields = pack.forms[pack.steps[filed.step]?.form ?? '']?.fields ?? [];
        for (const name of Object.keys(filed.facts ?? {}))
          expect(fields.find((f) => f.name === name)?.fact, `${pack.id} ${filed.step}.${name}`).toBe(true);
      }
    }
    const named = known.flatMap((pack) => Object.values(pack.forms).flatMap(({ fields }) => fields.map((f) => f.name)));
    if (known.length > 0) for (const { field } of columns) expect(named).toContain(field);
  },
);
