/** Class of the complaint: raising needs nothing, lowering a note (readings 13). What a class asks for is owed beside the flow. */
import { patched } from '@temporalio/workflow';
import { checkClassChange, isLower } from '../../domain/case/class.ts';
import { refuse } from '../../domain/errors.ts';
import type { Case } from '../kit/case.ts';
import { carriedOut, difficultComplaint, majorComplaint, noLongerMajor } from './major.ts';

/** The pack's, lowest first. Cases of an older edition had these. */
const levelsOf = (c: Case): readonly string[] =>
  c.edition < 4 ? ['ordinary', 'difficult', 'major'] : (c.rules.severities ?? [c.state.severity]);

/** May be set and changed while the case is open; each raising makes its own report duty. */
export function classify(c: Case): void {
  warnEarly(c);
  c.offer<{ severity: string }>(
    'severity',
    ({ facts: { severity }, actor, occurredAt }) => {
      const before = c.state.severity;
      c.setSeverity(severity, actor, '2.1.2');
      // Cases that were raised before this was carried out keep the flow they had.
      if (severity === before || !patched('major-complaints')) return;
      const levels = levelsOf(c);
      if (isLower(levels, severity, before)) noLongerMajor(c);
      if (levels.includes('major') && !isLower(levels, severity, 'major')) majorComplaint(c, occurredAt);
      if (severity !== levels[0]) difficultComplaint(c, occurredAt);
    },
    {
      inOrder: true,
      guard: ({ facts }) => {
        const change = { to: String(facts['severity']), note: facts['note'] === true };
        if (c.edition >= 4) return checkClassChange(levelsOf(c), c.state.severity, change);
        return isLower(levelsOf(c), change.to, c.state.severity) && !change.note ? refuse('note-missing') : undefined;
      },
    },
  );
}

/** What may become a major complaint is told to the company at once [CS19.Q7]; recorded, not timed [CS19.D20]. */
function warnEarly(c: Case): void {
  if (c.rules.steps['earlyWarning'] === undefined) return; // a pack from before there were warnings
  c.offer('earlyWarning', () => c.tell('generalManagerOffice', 'early-warning', '3.7.4'));
}

/** Before closing: what the severity at closing asks for lies in the record. */
export async function severityServed(c: Case): Promise<void> {
  if (carriedOut.some((step) => c.owes(step))) c.enter('closing');
  await c.allDone(carriedOut);
}
