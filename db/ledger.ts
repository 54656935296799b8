/** Writes entries of the ledger. Entries are appended and never changed; an account's floor is held by the store itself. */
import { sql } from 'kysely';
import { barring, type Duty } from '../domain/authority/duties.ts';
import type { AccountKind } from '../domain/ledger/account.ts';
import { signed, type EntryKindId } from '../domain/ledger/entry.ts';
import { cover, type Cover } from '../domain/ledger/cover.ts';
import type { Fen } from '../domain/money.ts';
import type { Instant } from '../domain/time.ts';
import type { Db, Trx } from './database.ts';
import { sealedText } from './personal.ts';
import { balanceIn, subjectOfEntry } from './read/ledger.ts';

/** What an entry rests on: a decision in the record of its case, or a decision document. */
export interface Basis {
  /** `effect:<name>#<ordinal>`, `event:<seq>`, `proposal:<hash>`, `document:<reference>` */
  readonly decision: string;
  readonly caseNumber?: string | undefined;
  readonly decidedBy?: string | undefined;
  readonly decidedAt?: Instant | undefined;
  readonly reason?: string | undefined;
  readonly enteredBy?: string | undefined;
}

export interface Entry extends Basis {
  readonly account: string;
  readonly kind: EntryKindId;
  /** Above zero; the kind says which way it goes. */
  readonly amount: Fen;
  /** Names the entry within its account, once for ever. */
  readonly effect: string;
}

/** The entry would take the account below its floor. */
export class Overdraft extends Error {
  readonly left: Fen;
  readonly asked: Fen;
  constructor(account: string, left: Fen, asked: Fen) {
    super(`account ${account} has ${left} fen left, ${asked} asked`);
    this.left = left;
    this.asked = asked;
  }
}
/** The table of duties keeps whoever decided from entering it. */
export class OwnDecision extends Error {
  readonly duty: Duty;
  constructor(duty: Duty) {
    super(duty.en);
    this.duty = duty;
  }
}
/** The key was used for something else. */
export class LedgerKeyReused extends Error {}
/** There is such an account already. */
export class AccountTaken extends Error {}

/** Nobody else takes from the account until the transaction ends; the store's own check of the floor takes the same lock. */
export async function lockAccount(trx: Trx, account: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${account}, 0))`.execute(trx);
}

/** Appends an entry and returns its id. The store refuses what goes below the account's floor, and what is posted twice. @throws OwnDecision */
export async function post(trx: Trx, { account, kind, amount, effect, ...basis }: Entry): Promise<string> {
  const { decision, caseNumber = null, decidedBy = null, decidedAt, enteredBy = null } = basis;
  const decided = { act: 'decide', persons: decidedBy === null ? [] : [decidedBy] };
  const duty = enteredBy === null ? undefined : barring('ledger', 'enter', [decided], enteredBy);
  if (duty !== undefined) throw new OwnDecision(duty);
  const about = subjectOfEntry({ case_number: caseNumber, entered_by: enteredBy });
  const reason = basis.reason === undefined ? null : await sealedText(trx, about, basis.reason);
  const row = await trx
    .insertInto('ledger_entry')
    .values({
      ...{ account, kind, effect, decision, reason, amount: signed(kind, amount), case_number: caseNumber },
      ...{ decided_by: decidedBy, entered_by: enteredBy, decided_at: decidedAt === undefined ? null : new Date(decidedAt) },
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Takes as much of an amount as the account still holds; the rest goes on the list of shortfalls, with who bears it. */
export async function takeWhatIsLeft(trx: Trx, entry: Entry & { readonly caseNumber: string }, borneBy: string): Promise<Cover> {
  const { account, amount, caseNumber, effect } = entry;
  await lockAccount(trx, account);
  const split = cover(amount, await balanceIn(trx, account));
  if (split.covered > 0) await post(trx, { ...entry, amount: split.covered });
  await listShortfall(trx, { account, amount: split.short, borneBy, caseNumber, effect });
  return split;
}

/** Nothing is listed where nothing is short. */
export async function listShortfall(
  trx: Trx,
  short: { readonly account: string; readonly amount: Fen; readonly borneBy: string; readonly caseNumber: string; readonly effect: string },
): Promise<void> {
  const { account, amount, borneBy, caseNumber, effect } = short;
  if (amount === 0) return;
  await trx.insertInto('ledger_shortfall').values({ account, amount, borne_by: borneBy, case_number: caseNumber, effect }).execute();
}

export interface Opening {
  readonly account: string;
  readonly kind: AccountKind;
  readonly owner: string;
  /** Undefined: none. */
  readonly floor: Fen | undefined;
  /** What it holds from the start; zero: nothing yet. */
  readonly amount: Fen;
  readonly key: string;
  readonly basis: Basis & { readonly enteredBy: string };
}

/** Opens an account, with its first entry. The same key again does nothing more. @throws AccountTaken, LedgerKeyReused */
export function openAccount(db: Db, opening: Opening): Promise<void> {
  const { account, kind, owner, floor, amount, key, basis } = opening;
  return db.transaction().execute(async (trx) => {
    const added = await trx
      .insertInto('ledger_account')
      .values({ id: account, kind, owner, floor: floor ?? null, opened_by: basis.enteredBy, key })
      .onConflict((c) => c.doNothing())
      .returning('id')
      .executeTakeFirst();
    if (added !== undefined) {
      if (amount > 0) await post(trx, { ...basis, account, kind: 'opening', amount, effect: `key:${key}` });
      return;
    }
    const byKey = await trx.selectFrom('ledger_account').select('id').where('key', '=', key).executeTakeFirst();
    if (byKey === undefined) throw new AccountTaken(account);
    const first = await trx
      .selectFrom('ledger_entry')
      .select(['amount', 'decision'])
      .where('account', '=', account)
      .where('effect', '=', `key:${key}`)
      .executeTakeFirst();
    const same =
      byKey.id === account && Number(first?.amount ?? 0) === amount && (first === undefined || first.decision === basis.decision);
    if (!same) throw new LedgerKeyReused(key);
  });
}

/**
 * Appends an entry that a person asked for, once by its effect, and returns its id. `within` may refuse by throwing; nobody else moves
 * anything for the case meanwhile. @throws Overdraft with what is left, LedgerKeyReused when the effect was used for something else
 */
export function enter(db: Db, entry: Entry, floor: Fen | undefined, within?: (trx: Trx) => Promise<void>): Promise<string> {
  const { account, kind, amount, effect, caseNumber, decision } = entry;
  return db.transaction().execute(async (trx) => {
    await lockAccount(trx, account);
    // The same key on two accounts at once is held apart as well.
    await lockAccount(trx, effect);
    if (caseNumber !== undefined) await lockAccount(trx, `case:${caseNumber}`);
    const first = await trx
      .selectFrom('ledger_entry')
      .select(['id', 'account', 'amount', 'kind', 'case_number', 'decision'])
      .where('effect', '=', effect)
      .executeTakeFirst();
    if (first !== undefined) {
      const same = first.account === account && first.kind === kind && Number(first.amount) === signed(kind, amount);
      if (!same || first.case_number !== (caseNumber ?? null) || first.decision !== decision) throw new LedgerKeyReused(effect);
      return first.id;
    }
    await within?.(trx);
    if (floor !== undefined && signed(kind, amount) < 0) {
      const left = (await balanceIn(trx, account)) - floor;
      if (left < amount) throw new Overdraft(account, left, amount);
    }
    return post(trx, entry);
  });
}
