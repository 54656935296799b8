/** The certification body's rule on changes (S1-CERT, lines 46-49): whoever changes what was certified asks whether to file. */
import type { Case } from '../kit/case.ts';

/**
 * [CERT.P1 CERT.P2 CERT.D1 CERT.X1] Raises the question "file a change application?"; answered yes, the application is owed.
 * The text binds without a period; the pack gives one.
 */
export async function changeApplication(c: Case): Promise<void> {
  c.enter('changeApplication');
  const asked = await c.ask<{ file: boolean }>('changeApplication');
  if (asked.facts.file) await c.ask('changeApplicationFiled', { from: asked.occurredAt });
}
