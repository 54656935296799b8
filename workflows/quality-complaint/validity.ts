/** Whether a complaint stands, and the tactful reply when it does not (6.8.2). */
import { refuse } from '../../domain/errors.ts';
import { checkChangedJudgement, checkJudgement, type Judgement } from '../../domain/quality-complaint/validity.ts';
import type { Answered, Case } from '../kit/case.ts';
import { unlessLapsed } from '../stages/lapsed.ts';
import type { Reply } from './facts.ts';

/**
 * Marketing decides whether the complaint stands [TS.P2]. If not, a tactful reply seeks the customer's understanding, which ends the
 * matter [TS.P2a]; without it the case stays open: replied to again, or judged anew as standing, with a note.
 * `understood` hears of the reply that was accepted.
 */
export async function stands(c: Case, understood: (reply: Answered<Reply>) => void): Promise<boolean> {
  if (c.switch('validityTest') === false) return true;
  c.enter('validity');
  const judged = await c.ask<Judgement>('validity', { guard: ({ facts }) => checkJudgement(facts as unknown as Judgement) });
  if (judged.unrecorded || judged.facts.stands) return true;
  c.know({ stands: false }, '6.8.2');
  c.enter('tactfulReply');
  c.offer<Judgement>('validity', () => c.lapse('tactfulReply', 'judged anew'), {
    once: true,
    after: judged.occurredAt,
    guard: ({ facts }) => checkChangedJudgement(facts as unknown as Judgement),
  });
  for (let from = judged.occurredAt; ;) {
    const reply = await unlessLapsed(c, tactfulReply(c, from));
    if (reply === undefined) {
      c.know({ stands: true }, '6.8.2');
      return true;
    }
    if (reply.unrecorded || reply.facts.understood) {
      c.lapse('validity', 'understood');
      understood(reply);
      return false;
    }
    from = reply.occurredAt;
  }
}

/** Where the pack wants grounds with the answer, an answer without them is refused. */
function tactfulReply(c: Case, from: number): Promise<Answered<Reply>> {
  const withGrounds = c.switch('notValidReply') === 'with-grounds';
  return c.ask<Reply>('tactfulReply', {
    from,
    guard: ({ facts }) => (withGrounds && facts['grounds'] !== true ? refuse('bad-facts', 'grounds') : undefined),
  });
}
