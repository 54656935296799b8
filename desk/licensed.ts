/** A licence that a contract claims is held against the customer's file before the form is received (ISO 13485 text, 5.1.5). */
import { sql } from 'kysely';
import type { Db } from '../db/database.ts';
import { find } from '../db/inbox.ts';
import { findEntry } from '../db/read/entries.ts';
import type { Facts } from '../domain/form.ts';
import { licenceFault, type LicenceFault } from '../domain/register/licence.ts';
import { dayOf, type Instant } from '../domain/time.ts';
import { FormError } from './types.ts';

const said: Readonly<Record<LicenceFault, readonly [zh: string, en: string]>> = {
  none: ['客户档案中没有经营资质;请先登记。', "The customer's file has no licence; enter it there first."],
  another: ['与客户档案中的经营资质编号不一致。', "It is not the licence of the customer's file."],
  expired: [
    '客户档案中的经营资质已过有效期;请先更新。',
    "The licence of the customer's file has expired; bring the file up to date first.",
  ],
};

/**
 * Looks only where a form claims a licence and names a customer, itself or at the opening, whose file is there: without a file the
 * form stands by itself. @throws FormError
 */
export async function checkLicence(
  db: Db,
  number: string,
  { key, facts, form }: { readonly key: string; readonly facts: Facts; readonly form: Readonly<Record<string, unknown>> },
  at: Instant,
): Promise<void> {
  if (facts['licence'] !== true || facts['scopeCovers'] !== true) return;
  // What was received while the licence held is answered as it was then.
  if ((await find(db, key)) !== undefined) return;
  const customer = facts['customer'] ?? (await customerOf(db, number));
  const file = typeof customer === 'string' ? await findEntry(db, 'customers', customer) : undefined;
  if (file === undefined) return;
  const fault = licenceFault(file.body, String(form['licence']).trim(), dayOf(at));
  if (fault === undefined) return;
  const [zh, en] = said[fault];
  throw new FormError([{ path: 'licence', code: 'buyer-not-licensed', zh, en }]);
}

/** Whom the contract's form names, in its latest version. */
async function customerOf(db: Db, number: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('case_file')
    .select(sql<string | null>`coalesce(state #>> '{answers,contract,customer}', state #>> '{answers,open,customer}')`.as('customer'))
    .where('number', '=', number)
    .executeTakeFirst();
  return row?.customer ?? undefined;
}
