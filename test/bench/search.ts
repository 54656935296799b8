/**
 * A page of a search among 10,000 entries and among many more: the same words, pages that are full in both, times in turns, and the
 * rows that the database touches for it.
 */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kysely, PostgresDialect, sql, type CompiledQuery } from 'kysely';
import pg from 'pg';
import { connect, type Db } from '../../db/database.ts';
import { migrateToLatest } from '../../db/migrate.ts';
import { listEntries, type EntryQuery } from '../../db/read/entries.ts';
import type { Store } from '../../db/schema/store.ts';
import { indexOf, searchText } from '../../domain/register/read-entry.ts';
import { startPostgres } from '../../scripts/stack/postgres.ts';
import { median } from './legs.ts';
import { giveVault } from '../../db/vault-of.ts';
import { testVault } from '../support/vault.ts';

interface Page {
  readonly ms: number;
  /** Rows of tables and indexes, as the plan counts them. */
  readonly rows: number;
}

export interface SearchFigures {
  readonly searchEntries: number;
  /** Median over pairs of rounds: all pages among many, by all pages among 10,000. */
  readonly searchRatio: number;
  readonly searchPages: readonly { readonly what: string; readonly small: Page; readonly large: Page }[];
}

const SMALL = 10_000;
const LIMIT = 5;
const PAIRS = 41;
const def = { fields: [], search: ['name', 'telephone'], filter: ['kind'] };
const surnames = Array.from('王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗');
const given = Array.from('明华丽强芳军敏静伟秀英杰磊洋勇艳娟涛超霞');

/** Nothing in the order of the ids, the same in every run. */
const mixed = (i: number): number => (Math.imul(i + 1, 2_654_435_761) ^ Math.imul(i + 77, 40_503)) >>> 0;

function customer(i: number) {
  const m = mixed(i);
  const name = `${surnames[m % 20]}${given[(m >>> 5) % 20]}${given[(m >>> 10) % 20]}`;
  const telephone = `13${String(mixed(i + 5_000_000) % 1_000_000_000).padStart(9, '0')}`;
  return { id: `C${String(i).padStart(7, '0')}`, body: { name, telephone, kind: m % 3 === 0 ? 'key' : 'other' } };
}

const sought: readonly { what: string; query: Partial<EntryQuery> }[] = [
  { what: 'the first page', query: {} },
  { what: 'two characters', query: { q: '王明' } },
  { what: 'two characters and a value', query: { q: '明华', filter: { kind: 'key' } } },
  { what: 'four digits of a number', query: { q: customer(4_711).body.telephone.slice(-4) } },
  { what: 'a whole number', query: { q: customer(815).body.telephone } },
  { what: 'a value', query: { filter: { kind: 'other' } } },
];

/** @param entries of the large register; some 2,000 a second are put there */
export async function benchSearch(entries: number, say: (line: string) => void): Promise<SearchFigures> {
  const dir = await mkdtemp(join(tmpdir(), 'redress-bench-'));
  await chmod(dir, 0o755); // PostgreSQL runs as somebody else when this process is root
  const postgres = await startPostgres({ dir: join(dir, 'postgres'), durable: false });
  try {
    await migrateToLatest(postgres.url);
    say(`${SMALL} and ${entries} entries …`);
    await fill(postgres.url, { small: SMALL, large: entries });
    return { searchEntries: entries, ...(await compare(postgres.url)) };
  } finally {
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  }
}

async function fill(url: string, registers: Readonly<Record<string, number>>): Promise<void> {
  const owner = connect({ url, as: 'owner', poolSize: 1, vault: testVault });
  try {
    await sql`set statement_timeout = 0`.execute(owner);
    await sql`alter table entry_gram drop constraint entry_gram_pk`.execute(owner);
    await sql`drop index entry_gram_entry`.execute(owner);
    for (const [register, entries] of Object.entries(registers))
      for (let from = 0; from < entries; from += 2_000) await put(owner, register, from, Math.min(from + 2_000, entries));
    await sql`alter table entry_gram add constraint entry_gram_pk primary key (register, gram, id)`.execute(owner);
    await sql`vacuum analyze entry, entry_gram`.execute(owner);
  } finally {
    await owner.destroy();
  }
}

async function put(owner: Db, register: string, from: number, to: number): Promise<void> {
  const all = Array.from({ length: to - from }, (_, i) => customer(from + i));
  const bodies = all.map(({ body }) => JSON.stringify(body));
  const words = all.flatMap(({ id, body }) => indexOf(def, id, body, (word) => word).map((gram) => ({ gram, id })));
  await sql`insert into entry (register, id, version, status, body, search_text, in_force, in_force_body, written_by, changed_at)
    select ${register}, id, 1, 'inForce', body::jsonb, words, 1, body::jsonb, 'bench', now()
    from unnest(${all.map(({ id }) => id)}::text[], ${bodies}::text[], ${all.map(({ body }) => searchText(def, body))}::text[]) t (id, body, words)`.execute(
    owner,
  );
  await sql`insert into entry_gram (register, gram, id) select ${register}, gram, id
    from unnest(${words.map(({ gram }) => gram)}::text[], ${words.map(({ id }) => id)}::text[]) t (gram, id)`.execute(owner);
}

async function compare(url: string): Promise<Omit<SearchFigures, 'searchEntries'>> {
  const said: CompiledQuery[] = [];
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  // Its server is stopped while it says good-bye.
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Store>({ dialect: new PostgresDialect({ pool }), log: ({ query }) => void said.push(query) });
  giveVault(db, testVault);
  const page = async (id: string, query: Partial<EntryQuery>): Promise<number> => {
    const began = performance.now();
    const { items } = await listEntries(db, { ...def, id }, { filter: {}, after: '', limit: LIMIT, ...query });
    if (items.length === 0) throw new Error(`nothing found in ${id} by ${JSON.stringify(query)}`);
    return performance.now() - began;
  };
  try {
    const times = new Map(sought.map(({ what }) => [what, { small: [] as number[], large: [] as number[] }]));
    const ratios: number[] = [];
    for (let n = -5; n < PAIRS; n += 1) {
      const sum = { small: 0, large: 0 };
      for (const { what, query } of sought)
        for (const id of n % 2 === 0 ? (['small', 'large'] as const) : (['large', 'small'] as const)) {
          const ms = await page(id, query);
          sum[id] += ms;
          if (n >= 0) times.get(what)?.[id].push(ms); // the first rounds warm caches
        }
      if (n >= 0) ratios.push(sum.large / sum.small);
    }
    const pages: SearchFigures['searchPages'][number][] = [];
    for (const { what, query } of sought) {
      const of = async (id: 'small' | 'large'): Promise<Page> => {
        said.length = 0;
        await page(id, query);
        const rows = await touched(pool, [...said]);
        return { ms: Math.round(median(times.get(what)?.[id] ?? []) * 100) / 100, rows };
      };
      pages.push({ what, small: await of('small'), large: await of('large') });
    }
    return { searchRatio: median(ratios), searchPages: pages };
  } finally {
    await db.destroy();
  }
}

interface Plan {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly Plan[];
}

/** Rows that scans of tables and indexes give or throw away, over all statements. */
async function touched(pool: pg.Pool, queries: readonly CompiledQuery[]): Promise<number> {
  let sum = 0;
  for (const { sql: text, parameters } of queries) {
    const { rows } = await pool.query<{ 'QUERY PLAN': [{ Plan: Plan }] }>(`explain (analyze, format json) ${text}`, [...parameters]);
    sum += ofScans(rows[0]!['QUERY PLAN'][0].Plan);
  }
  return Math.round(sum);
}

function ofScans(plan: Plan): number {
  const scan = /^(Seq Scan|Index|Bitmap Heap)/.test(plan['Node Type']);
  const own = scan ? (plan['Actual Rows'] + (plan['Rows Removed by Filter'] ?? 0)) * plan['Actual Loops'] : 0;
  return own + (plan.Plans ?? []).reduce((sum, one) => sum + ofScans(one), 0);
}
