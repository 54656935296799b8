/** No effect for a case in whose record somebody has forged the desk: operators look at it first. */
import { hasForgery } from '../db/forgeries.ts';
import type { Db } from '../db/database.ts';
import type { EffectCall, EffectPorts, LinkPorts, PackPorts, PaperPorts } from '../workflows/kit/ports.ts';
import { recordedCall } from './recorded-call.ts';

type Effects = EffectPorts & LinkPorts & PackPorts & PaperPorts;
type Run = (call: EffectCall) => Promise<unknown>;

/** How the record names an effect, where it is not by the name of its activity. */
const named: Partial<Record<keyof Effects, (call: never) => string>> = {
  openLinked: ({ kind }: { readonly kind: string }) => `open:${kind}`,
};

/**
 * The same effects, each waiting until the record holds what asked for it: then it has been looked at who said so.
 * @throws while that is not so, and for a case with a forgery; the engine tries again
 */
export function vouched(db: Db, effects: Effects): Effects {
  const guarded = Object.entries(effects).map(([name, run]) => [
    name,
    async (call: EffectCall) => {
      const effect = named[name as keyof Effects]?.(call as never) ?? name;
      await recordedCall(db, effect, call);
      if (await hasForgery(db, call.number))
        throw new Error(`case ${call.number}: ${effect} waits for operators, its record holds a forgery`);
      return (run as Run)(call);
    },
  ]);
  return Object.fromEntries(guarded) as Effects;
}
