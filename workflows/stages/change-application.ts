/** The certification body's rule on changes (S1-CERT, lines 46-49): whoever changes what was certified asks whether to file. */
import type { Instant } from '../../domain/time.ts';
import type { Case } from '../kit/case.ts';

/**
 * [CERT.P1 CERT.P2 CERT.D1 CERT.X1] Raises the question "file a change application?"; answered yes, the application is owed.
 * The text binds without a period; a pack may give one.
 */
export async function changeApplication(c: Case): Promise<void> {
  c.enter('changeApplication');
  const asked = await c.ask<{ file: boolean }>('changeApplication');
  if (!asked.facts.file) return;
  const filed = await c.ask('changeApplicationFiled', { from: asked.occurredAt });
  // Cases under a pack from before the body's answer was kept end with the filing.
  if (c.rules.steps['changeAssessed'] !== undefined) await answerOfTheBody(c, filed.occurredAt);
}

/**
 * [CERT.P3 CERT.P4] What the certification body makes of it: its assessment, then the certificate updated or another measure.
 * Recorded, not timed: its time is not ours.
 */
async function answerOfTheBody(c: Case, filedAt: Instant): Promise<void> {
  const assessed = await c.ask('changeAssessed', { from: filedAt });
  const { facts } = await c.ask<{ measure: 'updated' | 'other' }>('certificateUpdated', { from: assessed.occurredAt });
  c.know({ certificate: facts.measure }, 'line 50');
}
