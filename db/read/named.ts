/** Whether a row of the ledger may say of which case it is. */
import { sql } from 'kysely';
import { mySight, type Scope } from './scope.ts';

export interface Named {
  /** There is no case, or it concerns the reader and they read every form of it: an amount stands in one. */
  readonly named: boolean;
}

const forms = sql<string[]>`array(select l.label from document_label l where l.case_number = case_file.number)`;

export function named(table: 'ledger_entry' | 's', scope: Scope) {
  const number = sql.ref(`${table}.case_number`);
  return sql<boolean>`(${number} is null or exists (select from case_file where case_file.number = ${number} and ${mySight(scope, forms)}))`.as(
    'named',
  );
}
