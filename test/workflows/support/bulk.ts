/** Cases that wait for newer rules, and what was done to them. */
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { jobById } from '../../../db/read/bulk.ts';
import { ruleBook } from '../../../runtime/packs.ts';
import { sparseCalendar } from '../../support/calendars.ts';
import { openRepair, type Shop } from './shop.ts';

/** Repairs under a calendar that knows no year, opened while a worker of this process runs. */
export async function openOldCases(shop: Shop, n: number): Promise<string[]> {
  const worker = await shop.startWorker();
  try {
    const book = ruleBook(shop.store.db);
    const old = shop.desk(1_000, { ...book, active: async (id, when) => ({ ...(await book.active(id, when)), calendar: sparseCalendar }) });
    const numbers = [await openRepair(old)];
    while (numbers.length < n) {
      numbers.push(...(await Promise.all(Array.from({ length: Math.min(6, n - numbers.length) }, () => openRepair(old)))));
    }
    return numbers;
  } finally {
    await worker.stop();
  }
}

export async function until(what: () => Promise<boolean>): Promise<void> {
  while (!(await what())) await pause(50);
}

export const statusOf = async (shop: Shop, id: string) => (await jobById(shop.store.db, id))?.status;

/** How often each case was re-based; one that never was is left out. */
export async function rebases(shop: Shop, numbers: readonly string[]): Promise<number[]> {
  const rows = await shop.store.db
    .selectFrom('event')
    .select(['case_number', sql<string>`count(*)`.as('n')])
    .where('kind', '=', 'rebased')
    .where('case_number', 'in', [...numbers])
    .groupBy('case_number')
    .execute();
  return rows.map(({ n }) => Number(n));
}
