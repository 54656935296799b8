/** The desk's door. */
export type { Carrier } from './carry.ts';
export { carryCase, createDesk } from './desk.ts';
export { recordVouched } from './vouched.ts';
export { ownKey } from './own-key.ts';
export { deskPorts } from './ports.ts';
export { toldByHistory, type Told } from './history.ts';
export { fixedRules, storedRules, type RuleBook } from './rule-book.ts';
export * from './types.ts';
export { loadYearOf, previewYearOf, type YearFile } from './bulk/years.ts';
export { rebaseJob } from './bulk/rebase.ts';
export { underOf } from './bulk/under.ts';
export type { DueChange } from '../db/bulk.ts';
