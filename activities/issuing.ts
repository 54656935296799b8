/** Effects that issue a paper: after the deed, beside its receipt. Tried again, only the paper is missing. */
import type { Db } from '../db/database.ts';
import type { EffectCall, EffectPorts } from '../workflows/kit/ports.ts';
import { recordedCall } from './recorded-call.ts';

/** Sets and keeps a print of the case on its record up to an event; done already: nothing. */
export type IssuePrint = (issue: {
  readonly number: string;
  readonly print: string;
  /** Which of its kind, from 1. */
  readonly ordinal: number;
  readonly upTo: number;
}) => Promise<void>;

/** What each effect issues: the order (3.5.1), both accounts once they are paid (3.5.5, 3.5.9), the dossier at filing. */
const PAPERS = {
  issueWorkOrder: ['work-order'],
  postSettlement: ['final-account', 'settlement'],
  fileDossier: ['dossier'],
} as const satisfies Record<keyof EffectPorts, readonly string[]>;

/** @param issuePrint absent: no papers are issued, as in the lab */
export function issuing<T extends EffectPorts>(db: Db, effects: T, issuePrint: IssuePrint | undefined): T {
  if (issuePrint === undefined) return effects;
  const issue = async (effect: keyof EffectPorts, call: EffectCall): Promise<void> => {
    const { number, ordinal } = call;
    const upTo = await recordedCall(db, effect, call);
    for (const print of PAPERS[effect]) await issuePrint({ number, print, ordinal, upTo });
  };
  return {
    ...effects,
    async issueWorkOrder(order) {
      await effects.issueWorkOrder(order);
      await issue('issueWorkOrder', order);
    },
    async postSettlement(settlement) {
      const posted = await effects.postSettlement(settlement);
      await issue('postSettlement', settlement);
      return posted;
    },
    async fileDossier(call) {
      await effects.fileDossier(call);
      await issue('fileDossier', call);
    },
  };
}
