/** Accounts, their entries and what is left. A balance is summed from the entries each time. */
import { sql } from 'kysely';
import type { AccountKind } from '../../domain/ledger/account.ts';
import type { AccountSight } from '../../domain/ledger/sight.ts';
import type { Fen } from '../../domain/money.ts';
import type { Instant } from '../../domain/time.ts';
import type { Db, Trx } from '../database.ts';
import { subjects, withReasons } from '../personal.ts';
import { named, type Named } from './named.ts';
import { accountIn, accountPlaces } from './account-places.ts';
import { anyOf, type Scope } from './scope.ts';
import { SHORTFALLS } from './shortfalls.ts';

/** Sum of the entries, of those made by an instant where one is given. */
export async function balanceIn(db: Db | Trx, account: string, until?: Instant): Promise<Fen> {
  const query = db
    .selectFrom('ledger_entry')
    .select(sql<string>`coalesce(sum(amount), 0)`.as('sum'))
    .where('account', '=', account);
  const { sum } = await (until === undefined ? query : query.where('entered_at', '<=', new Date(until))).executeTakeFirstOrThrow();
  return Number(sum);
}

export interface AccountRow {
  readonly id: string;
  readonly kind: AccountKind;
  readonly owner: string;
  /** Where it belongs, with what that lies in: a retention to its building, an outlet's account to the outlet; none: to the company. */
  readonly places: readonly string[];
  readonly floor: Fen | undefined;
  readonly openedAt: Instant;
  readonly openedBy: string | null;
  readonly balance: Fen;
  /** What cases asked of it and it could not bear, as far as it is still open. */
  readonly shortfall: Fen;
}

const ACCOUNT = sql`a.id, a.kind, a.owner, ${accountPlaces(sql.ref('a.id'))} as places, a.floor, a.opened_at, a.opened_by,
  (select coalesce(sum(amount), 0) from ledger_entry e where e.account = a.id) as balance,
  (select coalesce(sum(open), 0) from ${SHORTFALLS} s where s.account = a.id) as shortfall`;

interface StoredAccount {
  readonly id: string;
  readonly kind: AccountKind;
  readonly owner: string;
  readonly places: string[];
  readonly floor: string | null;
  readonly opened_at: Date;
  readonly opened_by: string | null;
  readonly balance: string;
  readonly shortfall: string;
}

const toAccount = (row: StoredAccount): AccountRow => ({
  ...{ id: row.id, kind: row.kind, owner: row.owner, places: row.places, floor: row.floor === null ? undefined : Number(row.floor) },
  ...{ openedAt: row.opened_at.getTime(), openedBy: row.opened_by, balance: Number(row.balance), shortfall: Number(row.shortfall) },
});

export async function findAccount(db: Db | Trx, id: string): Promise<AccountRow | undefined> {
  const { rows } = await sql<StoredAccount>`select ${ACCOUNT} from ledger_account a where a.id = ${id}`.execute(db);
  return rows[0] === undefined ? undefined : toAccount(rows[0]);
}

/** Where an account of this name belongs, whether or not there is one. */
export async function placesOfAccount(db: Db, id: string): Promise<string[]> {
  const { rows } = await sql<{ places: string[] }>`select ${accountPlaces(sql`${id}::text`)} as places`.execute(db);
  return rows[0]!.places;
}

/** By name; one more than `limit`, if there is one. */
export async function accountsOf(
  db: Db,
  { sights, after = '', limit }: { sights: readonly AccountSight[]; after?: string | undefined; limit: number },
): Promise<AccountRow[]> {
  const { rows } = await sql<StoredAccount>`select ${ACCOUNT} from ledger_account a
    where ${anyOf(sights, ({ kind, places }) => sql`(a.kind = ${kind} and ${accountIn(sql.ref('a.id'), [{ ...(places && { places }) }])})`)} and a.id > ${after} order by a.id limit ${limit + 1}`.execute(
    db,
  );
  return rows.map(toAccount);
}

export interface EntryRow {
  readonly id: string;
  readonly account: string;
  readonly amount: string;
  readonly case_number: string | null;
  readonly effect: string;
  readonly entered_at: Date;
  readonly kind: string | null;
  readonly decision: string | null;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
  readonly reason: string | null;
  readonly entered_by: string | null;
}

export interface Span {
  readonly from?: Instant | undefined;
  /** Exclusive. */
  readonly until?: Instant | undefined;
}

/** What its reason is sealed for: its case, else whoever entered it. */
export const subjectOfEntry = ({ case_number: number, entered_by: by }: Pick<EntryRow, 'case_number' | 'entered_by'>): string =>
  number === null ? subjects.person(by ?? '') : subjects.case(number);

/** Newest first; one more than `limit`, if there is one. */
export async function entriesOf(
  db: Db,
  account: string,
  { from, until, before, limit, scope }: Span & { readonly before?: string | undefined; readonly limit: number; readonly scope: Scope },
): Promise<(EntryRow & Named)[]> {
  let query = db.selectFrom('ledger_entry').selectAll().select(named('ledger_entry', scope)).where('account', '=', account);
  if (from !== undefined) query = query.where('entered_at', '>=', new Date(from));
  if (until !== undefined) query = query.where('entered_at', '<', new Date(until));
  if (before !== undefined) query = query.where('id', '<', before);
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute();
  return withReasons(db, rows, subjectOfEntry);
}

export async function findLedgerEntry(db: Db | Trx, id: string): Promise<EntryRow | undefined> {
  const rows = await db.selectFrom('ledger_entry').selectAll().where('id', '=', id).execute();
  return (await withReasons(db, rows, subjectOfEntry))[0];
}

export interface MovedBy {
  readonly kind: string | null;
  readonly ofCase: boolean;
  readonly amount: Fen;
  readonly entries: number;
}

/** What the account held before a span, and by which kinds of entry it moved within. */
export async function statementOf(db: Db, account: string, { from, until }: Required<Span>): Promise<{ opening: Fen; moved: MovedBy[] }> {
  const { rows } = await sql<{ before: boolean; kind: string | null; of_case: boolean; amount: string; entries: string }>`
    select entered_at < ${new Date(from ?? 0)} as before, kind, case_number is not null as of_case, sum(amount) as amount, count(*) as entries
    from ledger_entry where account = ${account} and entered_at < ${new Date(until ?? 0)}
    group by 1, 2, 3 order by 1, 2, 3`.execute(db);
  const opening = rows.filter(({ before }) => before).reduce((sum, { amount }) => sum + Number(amount), 0);
  const moved = rows
    .filter(({ before }) => !before)
    .map(({ kind, of_case, amount, entries }) => ({ kind, ofCase: of_case, amount: Number(amount), entries: Number(entries) }));
  return { opening, moved };
}

/** What a case has moved on each account it touched. */
export async function movedByCase(db: Db | Trx, caseNumber: string, until?: Instant): Promise<Map<string, Fen>> {
  const query = db
    .selectFrom('ledger_entry')
    .select(['account', sql<string>`sum(amount)`.as('sum')])
    .where('case_number', '=', caseNumber)
    .groupBy('account');
  const rows = await (until === undefined ? query : query.where('entered_at', '<=', new Date(until))).execute();
  return new Map(rows.map(({ account, sum }) => [account, Number(sum)]));
}

/** What has ever been drawn from the working funds for a case, whatever came back since. */
export async function drawnByCase(db: Db | Trx, number: string): Promise<Fen> {
  const rows = await db.selectFrom('ledger_entry').select('amount').where('case_number', '=', number).where('kind', '=', 'draw').execute();
  return rows.reduce((sum, { amount }) => sum - Number(amount), 0);
}
