/**
 * Separation of duties: which two acts on one thing are never one person's. The one table: the case refuses by it, the API answers by it
 * beforehand, the store holds it with triggers that read its copy in the table `duty`, and the tests go through its rows.
 */
import type { RefusalCode } from '../errors.ts';

/**
 * What both acts are done to. A version of a proposal, a final account, a corrective action, a contract, an entry of a register, an entry of the ledger,
 * an emergency grant, an act of administrators.
 */
export type Thing = 'proposal' | 'account' | 'action' | 'contract' | 'entry' | 'ledger' | 'emergency' | 'joint-act';

export interface Duty {
  readonly thing: Thing;
  /** Whoever did this … */
  readonly done: string;
  /** … does not do that. */
  readonly never: string;
  readonly code: RefusalCode;
  /** The step of a case at which `never` is done, where it is a task of its own and no decision of a chain. */
  readonly at?: string;
  readonly zh: string;
  readonly en: string;
}

const own = 'contributor-cannot-approve';
const twice = 'reviewer-cannot-approve';

/**
 * Of a proposal `draw up` is contributing to the version or to one before it that was not approved; whoever decided in somebody's
 * place did so together with that person. A pack and a report of an evaluation are proposals, too.
 */
export const duties: readonly Duty[] = [
  { thing: 'proposal', done: 'draw-up', never: 'review', code: own, zh: '编制人不得审核', en: 'whoever drew it up does not review it' },
  { thing: 'proposal', done: 'draw-up', never: 'approve', code: own, zh: '编制人不得批准', en: 'whoever drew it up does not approve it' },
  { thing: 'proposal', done: 'review', never: 'approve', code: twice, zh: '审核人不得再批准', en: 'whoever reviewed it does not approve it' },
  { thing: 'account', done: 'draw-up', never: 'audit', code: own, at: 'audit', zh: '决算编制人不得审计', en: 'whoever drew up the final account does not audit it' },
  { thing: 'action', done: 'carry-out', never: 'verify', code: own, at: 'verification', zh: '措施实施人不得验证', en: 'whoever carried out the action does not verify it' },
  { thing: 'contract', done: 'draw-up', never: 'sign', code: own, at: 'sign', zh: '合同起草人、评审人不得签署', en: 'whoever drew up or reviewed the contract does not sign it' },
  { thing: 'contract', done: 'review', never: 'sign', code: own, at: 'sign', zh: '合同起草人、评审人不得签署', en: 'whoever drew up or reviewed the contract does not sign it' },
  { thing: 'entry', done: 'write', never: 'review', code: own, zh: '登记人不得审核', en: 'whoever wrote the entry does not review it' },
  { thing: 'entry', done: 'write', never: 'approve', code: own, zh: '登记人不得批准', en: 'whoever wrote the entry does not approve it' },
  { thing: 'entry', done: 'write', never: 'reject', code: own, zh: '登记人不得退回', en: 'whoever wrote the entry does not reject it' },
  { thing: 'entry', done: 'write', never: 'withdraw', code: own, zh: '登记人不得撤销已生效的登记', en: 'whoever wrote the entry does not withdraw what was approved' },
  { thing: 'entry', done: 'review', never: 'approve', code: twice, zh: '登记审核人不得再批准', en: 'whoever reviewed the entry does not approve it' },
  { thing: 'ledger', done: 'decide', never: 'enter', code: 'decider-cannot-enter', zh: '决定人不得自行入账', en: 'whoever decided on the money does not enter it' },
  { thing: 'emergency', done: 'ask', never: 'grant', code: 'two-others-needed', zh: '申请人不得批准应急授权', en: 'whoever asks for an emergency grant does not grant it' },
  { thing: 'emergency', done: 'use', never: 'grant', code: 'two-others-needed', zh: '被授权人不得批准应急授权', en: 'whoever is to decide by an emergency grant does not grant it' },
  { thing: 'emergency', done: 'ask', never: 'review', code: 'two-others-needed', zh: '申请人不得复核应急授权', en: 'whoever asked for an emergency grant does not review it' },
  { thing: 'emergency', done: 'grant', never: 'review', code: 'two-others-needed', zh: '批准人不得复核应急授权', en: 'whoever granted it in an emergency does not review it' },
  { thing: 'emergency', done: 'use', never: 'review', code: 'two-others-needed', zh: '被授权人不得复核应急授权', en: 'whoever decided by an emergency grant does not review it' },
  { thing: 'joint-act', done: 'ask', never: 'confirm', code: 'second-person-needed', zh: '提出人不得确认', en: 'whoever asked for it does not confirm it' },
  { thing: 'joint-act', done: 'benefit', never: 'confirm', code: 'second-person-needed', zh: '受益人不得确认', en: 'whom it benefits does not confirm it' },
]; // prettier-ignore

/** What was done to the thing, and by whom: whoever acted, and in whose place. */
export interface Deed {
  readonly act: string;
  readonly persons: readonly string[];
}

/** The row that keeps a person from an act; undefined: none does. */
export function barring(thing: Thing, act: string, deeds: readonly Deed[], person: string): Duty | undefined {
  return duties.find(
    (duty) => duty.thing === thing && duty.never === act && deeds.some((deed) => deed.act === duty.done && deed.persons.includes(person)),
  );
}

/** Everybody whom the table keeps from an act, each once, in the order of the deeds. */
export function barredFrom(thing: Thing, act: string, deeds: readonly Deed[]): string[] {
  const done = duties.filter((duty) => duty.thing === thing && duty.never === act).map((duty) => duty.done);
  return [...new Set(deeds.filter((deed) => done.includes(deed.act)).flatMap((deed) => deed.persons))];
}
