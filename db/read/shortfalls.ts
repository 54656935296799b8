/** What accounts could not bear, and how much of that is still open: reckoned from the entries each time, as a balance is. */
import { sql } from 'kysely';
import type { Db } from '../database.ts';
import type { Holding } from '../../domain/place.ts';
import { accountIn } from './account-places.ts';
import { named, type Named } from './named.ts';
import type { Scope } from './scope.ts';

/**
 * Shortfalls with `open`. What the company bears stays open: nothing here says that it was recovered. What waits for a replenishment is
 * met by those that come after it, the oldest first, and by the payment of its case, with which nothing is drawn for it any more. What
 * is outstanding on an account after a row of sums is the last sum above the lowest there was; it is of the newest.
 */
export const SHORTFALLS = sql`(
  with waiting as (
    select id, account, amount, entered_at from ledger_shortfall s where borne_by = 'replenishment' and not exists (
      select from ledger_entry e where e.case_number = s.case_number and e.kind = 'payment' and e.entered_at >= s.entered_at)
  ), moved as (
    select account, entered_at, amount from waiting
    union all
    select account, entered_at, -amount from ledger_entry where kind = 'replenish' and account in (select account from waiting)
  ), summed as (
    select account, sum(amount) over (partition by account order by entered_at, amount desc rows unbounded preceding) as upto,
      sum(amount) over (partition by account) as whole from moved
  ), outstanding as (
    select account, max(whole) - least(min(upto), 0) as rest from summed group by account
  ), left_open as (
    select id, rest - coalesce(sum(amount) over (partition by w.account order by id desc rows between unbounded preceding and 1 preceding), 0) as rest
    from waiting w join outstanding o on o.account = w.account
  )
  select s.*, case when s.borne_by = 'company' then s.amount else greatest(0, least(s.amount, coalesce(l.rest, 0)))::bigint end as open
  from ledger_shortfall s left join left_open l on l.id = s.id)`;

export interface ShortfallRow {
  readonly id: string;
  readonly account: string;
  readonly amount: string;
  /** How much of it waits still. */
  readonly open: string;
  readonly borne_by: 'company' | 'replenishment';
  readonly case_number: string;
  readonly entered_at: Date;
}

/** Newest first; one more than `limit`, if there is one. @param asked `all`: those that have been met as well; `at`: of accounts that belong there */
export async function shortfallsFrom(
  db: Db,
  asked: {
    readonly all: boolean;
    readonly before?: string | undefined;
    readonly limit: number;
    readonly scope: Scope;
    readonly at: readonly Pick<Holding, 'places'>[];
  },
): Promise<(ShortfallRow & Named)[]> {
  const { all, before, limit, scope, at } = asked;
  const { rows } = await sql<ShortfallRow & Named>`
    select s.id, s.account, s.amount, s.open, s.borne_by, s.case_number, s.entered_at, ${named('s', scope)} from ${SHORTFALLS} s
    where ${accountIn(sql.ref('s.account'), at)} and (${all} or s.open > 0) and s.id < ${before ?? '9223372036854775807'}::bigint order by s.id desc limit ${limit + 1}`.execute(
    db,
  );
  return rows;
}
