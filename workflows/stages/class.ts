/** Class of a case by the pack's levels, and who decides on a plan of that class. */
import { checkClassChange } from '../../domain/case/class.ts';
import type { Case } from '../kit/case.ts';
import type { Chain } from './approval.ts';

/** May be set and changed while the case is open: raised at any time, lowered with a note. `changed` hears of a change. */
export function keepClass(c: Case, clause: string, changed: (now: string, before: string) => void): void {
  const levels = c.rules.severities ?? [];
  c.offer<{ severity: string }>(
    'severity',
    ({ facts: { severity }, actor }) => {
      const before = c.state.severity;
      c.setSeverity(severity, actor, clause);
      if (severity !== before) changed(severity, before);
    },
    {
      inOrder: true,
      guard: ({ facts }) => checkClassChange(levels, c.state.severity, { to: String(facts['severity']), note: facts['note'] === true }),
    },
  );
}

/** The chain that the pack gives a class. */
export function chainOf(c: Case, severity: string): Chain {
  const found = c.rules.chains?.[severity];
  if (found === undefined) throw new RangeError(`pack ${c.rules.id} does not say who decides at ${severity}`);
  const { clause, chain, mode } = found;
  return { tier: { id: severity, clause, chain }, ...(mode === undefined ? {} : { mode }) };
}
