/** What the procedure requires before a case closes and what of it is not there yet. */
import { lackingToClose, stepFor } from '../../domain/case/closing.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { labelOf } from '../../domain/case/acts.ts';
import type { Pack } from '../../domain/pack.ts';

const DOCUMENT = 'document:';

/** One entry a step or form; `step`: where a person sees to it. A closed or ended case lacks nothing. */
export function lackingView(state: CaseState, pack: Pack) {
  if (state.status === 'closed' || state.reason !== undefined) return [];
  return lackingToClose(state, pack.rules).map((what) => {
    const form = what.startsWith(DOCUMENT) ? what.slice(DOCUMENT.length) : null;
    const step = stepFor(what, pack.rules) ?? null;
    const { zh, en } = (form === null ? labelOf(pack, what) : pack.forms[form]) ?? { zh: what, en: what };
    return { kind: form === null ? ('step' as const) : ('form' as const), id: form ?? what, zh, en, step };
  });
}

/** Forms that have to be filed with or before the answer to a step. */
export function formsView(ids: readonly string[], pack: Pack) {
  return ids.map((id) => ({ id, zh: pack.forms[id]?.zh ?? id, en: pack.forms[id]?.en ?? id }));
}
