/** The ledger against the record: accounts and their floors, the case and the decision of each entry, receipts of settlements. */
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';

export interface LedgerFault {
  readonly account: string;
  readonly entry: string | null;
  readonly fault: 'account-unknown' | 'below-floor' | 'case-unknown' | 'decision-unknown' | 'receipt-differs';
}

/** Entries in all, and what is wrong with them. Decisions of entries a minute old may still be on their way into the record. */
export async function auditLedger(db: Db): Promise<{ readonly entries: number; readonly faults: readonly LedgerFault[] }> {
  const { n } = await db
    .selectFrom('ledger_entry')
    .select((q) => q.fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow();
  const { rows } = await sql<LedgerFault>`
    with settled as (select now() - interval '1 minute' as at)
    select account, id::text as entry, 'account-unknown' as fault from ledger_entry e
      where not exists (select from ledger_account a where a.id = e.account)
    union all
    select a.id, null, 'below-floor' from ledger_account a
      where a.floor is not null and a.floor > (select coalesce(sum(amount), 0) from ledger_entry e where e.account = a.id)
    union all
    select account, id::text, 'case-unknown' from ledger_entry e, settled
      where case_number is not null and entered_at < settled.at and not exists (select from case_file c where c.number = e.case_number)
    union all
    select account, id::text, 'decision-unknown' from ledger_entry e, settled
      where decision is not null and entered_at < settled.at and not (
        case split_part(decision, ':', 1)
          when 'document' then decided_by is not null and decided_at is not null and reason is not null
          when 'event' then exists (select from event v where v.case_number = e.case_number and v.seq::text = split_part(decision, ':', 2))
          when 'proposal' then exists (select from event v where v.case_number = e.case_number and v.kind = 'proposed'
            and v.body -> 'data' ->> 'hash' = substr(decision, 10))
          when 'effect' then exists (select from event v where v.case_number = e.case_number and v.kind = 'effect-asked'
            and 'effect:' || (v.body -> 'data' ->> 'effect') || '#' || (v.body -> 'data' ->> 'ordinal') = decision)
          else false end)
    union all
    select 'repair-cost', null, 'receipt-differs' from effect_receipt r
      where effect = 'postSettlement' and array[(result ->> 'paid')::numeric, (result ->> 'deducted')::numeric] is distinct from (
        select array[coalesce(-sum(amount) filter (where account = 'repair-cost'), 0), coalesce(-sum(amount) filter (where account like 'retention:%'), 0)]
        from ledger_entry e where e.case_number = r.case_number and e.effect = r.case_number || '/settlement/' || r.ordinal)
    order by 1, 2`.execute(db);
  return { entries: Number(n), faults: rows };
}
