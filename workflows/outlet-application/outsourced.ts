/** An outlet that a contractor runs: concept, tender, candidates, two reviews, the company's list (4.1.2). */
import { checkCandidate, checkList } from '../../domain/outlet/candidates.ts';
import type { Refusal } from '../../domain/errors.ts';
import type { StepId } from '../../domain/pack.ts';
import type { Case } from '../kit/case.ts';
import type { Message } from '../kit/messages.ts';
import { approveOutlet } from './decision.ts';
import type { Contractors, Review, Tender } from './facts.ts';

/** The concept opens the case [OUT.P7]. Where nobody passes both reviews there is another tender. */
export async function outsourcedOutlet(c: Case): Promise<void> {
  let passed: readonly string[] = [];
  while (passed.length === 0) {
    const candidates = await tender(c);
    const onSite = await review(c, { step: 'siteReview', of: candidates }); //                     [OUT.P10]
    passed = await review(c, { step: 'documentReview', of: onSite }); //                           [OUT.P11]
  }
  await fixList(c, passed);
}

/** In the local media, open or by invitation [OUT.P8]; candidates are fixed from who tenders [OUT.P9]. */
async function tender(c: Case): Promise<readonly string[]> {
  c.enter('tender');
  const { facts } = await c.ask<Tender>('tender');
  c.know({ tender: facts.kind ?? String(c.switch('tenderKind')) }, '4.1.2b');
  return (await c.ask<Contractors>('candidates')).facts.contractors;
}

/** One review of each, in any order. Who fails is out. */
async function review(c: Case, { step, of }: { step: StepId; of: readonly string[] }): Promise<readonly string[]> {
  c.enter(step);
  let waiting = of;
  const passed: string[] = [];
  while (waiting.length > 0) {
    const still = waiting;
    const { facts } = await c.ask<Review>(step, {
      guard: (answer) => checkCandidate((answer.facts as unknown as Review).contractor, still),
    });
    waiting = still.filter((contractor) => contractor !== facts.contractor);
    if (facts.passed) passed.push(facts.contractor);
  }
  return passed;
}

/** The company, a role of the pack, has the last word on the list [OUT.P12 OUT.X4]. Refused, another is drawn up. */
async function fixList(c: Case, passed: readonly string[]): Promise<void> {
  c.enter('list');
  const guard = ({ facts }: Message): Refusal | undefined => checkList((facts as unknown as Contractors).contractors, passed);
  const drawn = await c.ask<Contractors>('outletList', { guard });
  const list = await approveOutlet(c, 'outletList', drawn, { table: 'outletList', again: true, guard });
  c.know({ outcome: 'approved', contractors: list?.contractors ?? [] }, '4.1.2d');
  c.tell('serviceDepartment', 'outlet-list', '4.1.2d');
}
