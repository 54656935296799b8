/** Kinds of entry: which way each moves an account, of which accounts it is, and what it rests on. */
import type { Fen } from '../money.ts';
import type { AccountKind } from './account.ts';

interface EntryKind {
  readonly sign: 1 | -1;
  readonly of: readonly AccountKind[];
  /** Whether it names a case, or a decision document: who decided, when, reference, reason. */
  readonly rests: 'case' | 'document' | 'either';
  readonly zh: string;
  readonly en: string;
}

export const entryKinds = {
  opening: { sign: 1, of: ['fund', 'retention'], rests: 'document', zh: '开户', en: 'opening' },
  replenish: { sign: 1, of: ['fund'], rests: 'document', zh: '补足', en: 'replenishment' },
  add: { sign: 1, of: ['retention'], rests: 'document', zh: '增加保证金', en: 'retention added' },
  release: { sign: -1, of: ['retention'], rests: 'document', zh: '退还保证金', en: 'retention released' },
  draw: { sign: -1, of: ['fund'], rests: 'case', zh: '支用', en: 'draw' },
  return: { sign: 1, of: ['fund'], rests: 'case', zh: '归还', en: 'return' },
  deduction: { sign: -1, of: ['retention'], rests: 'case', zh: '扣除', en: 'deduction' },
  payment: { sign: -1, of: ['settlement'], rests: 'case', zh: '付款', en: 'payment' },
  funds: { sign: 1, of: ['outlet'], rests: 'case', zh: '拨付', en: 'funds supplied' },
  spend: { sign: -1, of: ['outlet'], rests: 'either', zh: '支出', en: 'spending' },
} as const satisfies Record<string, EntryKind>;

export type EntryKindId = keyof typeof entryKinds;
export const ENTRY_KINDS = Object.keys(entryKinds) as EntryKindId[];

/** Most that one entry moves, in fen: sums of very many stay exact. */
export const MOST: Fen = 1_000_000_000_000;

/** The kind as a rule, with its general types. */
export const ruleOf = (kind: EntryKindId): EntryKind => entryKinds[kind];

/** Fen with the sign of its kind. `amount` is above zero. */
export function signed(kind: EntryKindId, amount: Fen): Fen {
  return entryKinds[kind].sign * amount;
}

/** The kind of an entry that was made when kinds were not kept. */
export function kindOf(kept: string | null, account: string, caseNumber: string | null): EntryKindId {
  if (kept !== null && Object.hasOwn(entryKinds, kept)) return kept as EntryKindId;
  if (caseNumber === null) return 'opening';
  return account.startsWith('retention:') ? 'deduction' : 'payment';
}
