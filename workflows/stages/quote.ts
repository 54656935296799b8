/** Charges are stated in advance (GB/T 27922, line 9). */
import type { Fen } from '../../domain/money.ts';
import type { Case } from '../kit/case.ts';

/** [GB.P9] Before paid work the customer gets a quote and accepts it; refused, a new one is made. Returns the amount accepted. */
export async function quoteAccepted(c: Case): Promise<Fen | undefined> {
  c.enter('quote');
  for (;;) {
    const { facts, occurredAt, unrecorded } = await c.ask<{ amount: Fen }>('quote');
    if (unrecorded) return undefined;
    const answer = await c.ask<{ accepted: boolean }>('quoteAnswer', { from: occurredAt });
    if (!answer.unrecorded && !answer.facts.accepted) continue;
    c.know({ quoted: facts.amount });
    return facts.amount;
  }
}
