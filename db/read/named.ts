/** Whether a row of the ledger may say of which case it is. */
import { sql } from 'kysely';
import { mySight, type Scope } from './scope.ts';

export interface Named {
  /** The case concerns the reader, or there is none. */
  readonly named: boolean;
}

export function named(table: 'ledger_entry' | 's', scope: Scope) {
  const number = sql.ref(`${table}.case_number`);
  return sql<boolean>`(${number} is null or exists (select from case_file where case_file.number = ${number} and ${mySight(scope)}))`.as(
    'named',
  );
}
