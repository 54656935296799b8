import { fc, test as property } from '@fast-check/vitest';
import { beforeAll, describe, expect, test } from 'vitest';
import { record } from '../../db/record.ts';
import { chainHash, GENESIS, sha256 } from '../../db/hash.ts';
import { auditCase, auditRecord } from '../../reconcile/audit.ts';
import type { Head, StoredEvent } from '../../reconcile/chain.ts';
import { readEvents } from '../../reconcile/stored.ts';
import { clientWith } from './support/history.ts';
import { batchOf, story } from './support/story.ts';
import { useStore } from './support/store.ts';

const store = useStore();
const told = story('V-1');
let intact: StoredEvent[];
let other: StoredEvent[];
let head: Head;

beforeAll(async () => {
  await record(store.db, batchOf(story('V-1')));
  await record(store.db, batchOf(story('V-2', { at: Date.UTC(2026, 5, 1) })));
  [intact, other] = [await readEvents(store.db, 'V-1'), await readEvents(store.db, 'V-2')];
  const row = await store.db.selectFrom('case_file').select(['seq', 'head_hash']).where('number', '=', 'V-1').executeTakeFirstOrThrow();
  head = { seq: row.seq, hash: row.head_hash };
});

test('a record as it was written verifies, with and without its history', () => {
  expect(auditRecord('V-1', intact, head)).toEqual([]);
  expect(auditRecord('V-1', intact, head, told)).toEqual([]);
});

interface Forged {
  readonly events: readonly StoredEvent[];
  readonly head: Head | undefined;
}
const at = fc.nat({ max: 11 });
const rest = { events: () => intact };

/** One random change of the record, of every sort there is. */
const change = fc.oneof(
  fc.record({ sort: fc.constant('body' as const), i: at, path: fc.nat(), value: fc.oneof(fc.string(), fc.integer(), fc.boolean()) }),
  fc.record({
    sort: fc.constant('column' as const),
    i: at,
    name: fc.constantFrom('kind', 'person', 'clause', 'key', 'prevHash', 'hash'),
    value: fc.string(),
  }),
  fc.record({
    sort: fc.constant('instant' as const),
    i: at,
    name: fc.constantFrom('occurredAt', 'recordedAt'),
    by: fc.integer({ min: 1, max: 1e9 }),
  }),
  fc.record({ sort: fc.constant('delete' as const), i: at }),
  fc.record({ sort: fc.constant('swap' as const), i: at, j: at, withSeq: fc.boolean() }),
  fc.record({ sort: fc.constant('insert' as const), i: at, from: at }),
  fc.record({ sort: fc.constant('foreign' as const), i: at }),
  fc.record({ sort: fc.constant('cut' as const), keep: at }),
  fc.record({ sort: fc.constant('head' as const), seq: fc.integer({ min: 1, max: 20 }), hash: fc.string() }),
  fc.record({ sort: fc.constant('rehash' as const), i: at, from: fc.boolean(), value: fc.integer() }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function forge(c: Change): Forged {
  const events = rest.events();
  const put = (i: number, more: Partial<StoredEvent>): StoredEvent[] => events.map((e, n) => (n === i ? { ...e, ...more } : e));
  switch (c.sort) {
    case 'body':
      return { events: put(c.i, { body: alter(events[c.i]!.body, c.path, c.value) }), head };
    case 'column':
      return { events: put(c.i, { [c.name]: c.value }), head };
    case 'instant':
      return { events: put(c.i, { [c.name]: events[c.i]![c.name as 'occurredAt'] + c.by }), head };
    case 'delete':
      return { events: events.filter((_, n) => n !== c.i), head };
    case 'swap': {
      const [a, b] = [events[c.i]!, events[c.j]!];
      const swapped = events
        .with(c.i, c.withSeq ? { ...b, seq: a.seq } : { ...a, body: b.body })
        .with(c.j, c.withSeq ? { ...a, seq: b.seq } : { ...b, body: a.body });
      return { events: swapped, head };
    }
    case 'insert':
      return { events: events.toSpliced(c.i, 0, { ...events[c.from]!, seq: c.i + 1 }).map((e, n) => ({ ...e, seq: n + 1 })), head };
    case 'foreign':
      return { events: events.with(c.i, other[c.i]!), head };
    case 'cut':
      return { events: events.slice(0, c.keep), head };
    case 'head':
      return { events, head: { seq: c.seq, hash: c.hash } };
    case 'rehash': {
      // Content changed and the chain recomputed from there on, but for the head.
      const body = { ...events[c.i]!.body, occurredAt: c.value } as StoredEvent['body'];
      return { events: chained(put(c.i, { body, occurredAt: c.value }), c.from ? c.i : events.length), head };
    }
  }
}

function chained(events: readonly StoredEvent[], from: number): StoredEvent[] {
  let previous = events[from - 1]?.hash ?? GENESIS;
  return events.map((event, n) => {
    if (n < from) return event;
    const prevHash = previous;
    previous = chainHash(prevHash, 'V-1', event.body);
    return { ...event, prevHash, hash: previous };
  });
}

/** Sets one of the leaves of a value to something else. */
function alter<T>(value: T, path: number, to: unknown): T {
  const leaves: (readonly string[])[] = [];
  const walk = (node: unknown, way: readonly string[]): void => {
    if (typeof node !== 'object' || node === null) return void leaves.push(way);
    for (const [name, inner] of Object.entries(node)) walk(inner, [...way, name]);
  };
  walk(value, []);
  const copy = structuredClone(value);
  const way = leaves[path % leaves.length]!;
  let node = copy as Record<string, unknown>;
  for (const name of way.slice(0, -1)) node = node[name] as Record<string, unknown>;
  node[way.at(-1)!] = to;
  return copy;
}

/** Ten times as many with `REDRESS_FULL=1`. */
const FULL = process.env['REDRESS_FULL'] === '1' ? 10 : 1;

describe('tampering', () => {
  property.prop([change], { numRuns: 1_000 * FULL })('every change is found', (c) => {
    const forged = forge(c);
    fc.pre(JSON.stringify(forged) !== JSON.stringify({ events: intact, head }));
    expect(auditRecord('V-1', forged.events, forged.head), JSON.stringify(c)).not.toEqual([]);
  });

  property.prop([at, fc.integer()], { numRuns: 200 })(
    'a chain rewritten as a whole, with its head, is found by the history',
    (i, value) => {
      const changed = intact.map((e, n) =>
        n === i ? { ...e, occurredAt: value, body: { ...e.body, occurredAt: value } as StoredEvent['body'] } : e,
      );
      fc.pre(changed[i]!.occurredAt !== intact[i]!.occurredAt);
      const events = chained(changed, 0);
      const forgedHead = { seq: events.length, hash: events.at(-1)!.hash };
      expect(auditRecord('V-1', events, forgedHead)).toEqual([]);
      expect(auditRecord('V-1', events, forgedHead, told)).toEqual([{ seq: i + 1, fault: 'rewritten' }]);
    },
  );

  property.prop([fc.integer({ min: 0, max: 11 })], { numRuns: 30 })(
    'a tail cut off together with the head is found by the history',
    (keep) => {
      const events = intact.slice(0, keep);
      const forgedHead = keep === 0 ? undefined : { seq: keep, hash: events.at(-1)!.hash };
      expect(auditRecord('V-1', events, forgedHead)).toEqual([]);
      expect(auditRecord('V-1', events, forgedHead, told)).toEqual([{ seq: keep + 1, fault: 'cut' }]);
    },
  );

  test("a whole record passed off as another case's, rehashed, is found", () => {
    const events = chained(other, 0);
    expect(auditRecord('V-1', events, { seq: events.length, hash: events.at(-1)!.hash })).toEqual([{ seq: 1, fault: 'foreign' }]);
  });
});

describe('in the database', () => {
  const named = (number: string, documentHash: string) => record(store.db, batchOf(story(number, { documentHash })));

  test('documents: missing, rewritten, and as they were', async () => {
    const body = '{"form":{},"salt":"s"}';
    await store.db
      .insertInto('document')
      .values([
        { hash: sha256(body), body },
        { hash: 'c'.repeat(64), body },
      ])
      .execute();
    await Promise.all([named('V-3', sha256(body)), named('V-4', 'c'.repeat(64)), named('V-5', 'd'.repeat(64))]);
    expect(await auditCase(store.db, 'V-3')).toEqual({ number: 'V-3', events: 12, faults: [] });
    expect((await auditCase(store.db, 'V-4')).faults).toEqual([{ seq: 1, fault: 'document-altered' }]);
    expect((await auditCase(store.db, 'V-5')).faults).toEqual([{ seq: 1, fault: 'document-missing' }]);
  });

  test('what the owner changes behind the fence is found', async () => {
    await record(store.db, batchOf(story('V-6')));
    const whole = clientWith([{ recorded: batchOf(story('V-6')) }]);
    expect((await auditCase(store.db, 'V-6', whole)).faults).toEqual([]);
    await store.tamper(`update event set body = jsonb_set(body, '{data,role}', '"nobody"') where case_number = 'V-6' and seq = 4`);
    expect((await auditCase(store.db, 'V-6', whole)).faults).toEqual([{ seq: 4, fault: 'altered' }]);
    await store.tamper(
      `delete from event where case_number = 'V-6' and seq >= 4`,
      `update case_file set seq = 3, head_hash = (select hash from event where case_number = 'V-6' and seq = 3) where number = 'V-6'`,
    );
    expect((await auditCase(store.db, 'V-6')).faults).toEqual([]);
    expect((await auditCase(store.db, 'V-6', whole)).faults).toEqual([{ seq: 4, fault: 'cut' }]);
  });
});
