/** Looks at a case through its record: the events of the store, folded, and what they brought about there. */
import { sql } from 'kysely';
import { accounts } from '../../domain/ledger/account.ts';
import type { Db } from '../../db/database.ts';
import { fold } from '../../domain/case/reduce.ts';
import type { Look } from '../expect/look.ts';
import { rulesOf } from './rules.ts';
import { settled } from './settle.ts';
import type { Stage } from './stage.ts';

export async function look(stage: Stage, name: string): Promise<Look | undefined> {
  const number = stage.numbers.get(name);
  if (number === undefined) return undefined;
  const {
    client,
    database: { db },
  } = stage.options;
  // While the worker is away there is nobody to come to rest: what the store holds is what is known.
  if (stage.waiting === undefined) await settled(client, db, number);
  const [events, notices, orders, cases, retention, repairCost] = await Promise.all([
    db.selectFrom('event').select('body').where('case_number', '=', number).orderBy('seq').execute(),
    db.selectFrom('outbox').select(['recipient', 'kind']).where('case_number', '=', number).orderBy('seq').execute(),
    db.selectFrom('work_order').select('order_class').where('case_number', '=', number).orderBy('number').execute(),
    db
      .selectFrom('case_file')
      .select((q) => q.fn.countAll<string>().as('n'))
      .executeTakeFirstOrThrow(),
    balance(db, accounts.retention('%', '%')),
    balance(db, accounts.repairCost),
  ]);
  const told = events.map((row) => row.body);
  // Folded here: a stored object has lost the order of its keys.
  const state = fold(told);
  const seen: Look = {
    ...rulesOf(stage.story, state),
    events: told,
    byThen: (seq) => rulesOf(stage.story, fold(told.slice(0, seq))),
    state,
    opening: { number, openings: stage.openings, cases: Number(cases.n) },
    numbers: stage.numbers,
    notices,
    orders: orders.map((row) => row.order_class),
    ledger: { retention, repairCost },
  };
  stage.looks.set(name, seen);
  return seen;
}

async function balance(db: Db, like: string): Promise<number> {
  const { sum } = await db
    .selectFrom('ledger_entry')
    .select(sql<string>`coalesce(sum(amount), 0)`.as('sum'))
    .where('account', 'like', like)
    .executeTakeFirstOrThrow();
  return Number(sum);
}
