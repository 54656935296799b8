/** S3-13485-CONTRACT, review of a contract before the sale: 与顾客有关的过程控制程序, 4 and 5.1. */
import { barredFrom, type Deed } from '../../domain/authority/duties.ts';
import { behind } from '../../domain/authority/of-case.ts';
import { isLicensed, mustBeLicensed, mustConfirmInWriting, type ContractForm } from '../../domain/contract-review/buyer.ts';
import { refuse } from '../../domain/errors.ts';
import type { Answered, Case } from '../kit/case.ts';
import type { Closing, OpenCase } from '../kit/messages.ts';
import { runCase } from '../kit/run.ts';

interface Signature {
  readonly signed: boolean;
}

export async function contractReview(input: OpenCase): Promise<Closing> {
  return runCase(input, reviewContract);
}

/** From the filled form [CON.P1 CON.P2] to the signature, or to no sale. The outputs are what a later case needs [CON.X4]. */
async function reviewContract(c: Case): Promise<void> {
  const deeds: Deed[] = [];
  for (let form = c.opening<ContractForm>(); ; form = await c.ask<ContractForm>('contract')) {
    if (c.edition < 6) deeds.length = 0;
    deeds.push({ act: 'draw-up', persons: behind(form.actor) });
    await confirmInWriting(c, form); //                                              5.1.7
    if (!(await licensed(c, form))) return noSale(c, 'unlicensed'); //               5.1.5
    if (!(await reviewed(c, deeds))) continue; //                                           4.2, back to the salesperson
    if (!(await signed(c, deeds))) return noSale(c, 'unsigned'); //                   4.3
    const { warrantyMonths } = form.facts;
    return c.know({ outcome: 'signed', ...(warrantyMonths === undefined ? {} : { warranty: `P${warrantyMonths}M` }) }, '4.3');
  }
}

/** What was only said is confirmed in writing by the salesperson; until then there is nothing to sign [CON.P5]. */
async function confirmInWriting(c: Case, { facts, occurredAt }: Answered<ContractForm>): Promise<void> {
  if (!mustConfirmInWriting(facts)) return;
  c.ruleOut('sign', refuse('written-confirmation-missing', '5.1.7'));
  c.enter('confirmation');
  await c.ask('writtenConfirmation', { from: occurredAt });
}

/** A dealer or agent proves a legal licence that covers the goods, or there is no sale [CON.P6]. */
async function licensed(c: Case, { facts, occurredAt }: Answered<ContractForm>): Promise<boolean> {
  if (!mustBeLicensed(facts) || isLicensed(facts)) return true;
  c.ruleOut('sign', refuse('buyer-not-licensed', '5.1.5'));
  c.enter('licence');
  const shown = await c.ask<{ licence?: true; scopeCovers: boolean }>('licence', { from: occurredAt });
  return isLicensed(shown.facts);
}

/** Each department on its own subject, all at once [CON.P3]. */
async function reviewed(c: Case, deeds: Deed[]): Promise<boolean> {
  c.ruleOut('sign', refuse('review-incomplete', '4.2'));
  c.enter('review');
  const opinions = await Promise.all([
    c.ask<{ fit: boolean }>('businessOpinion'),
    c.ask<{ fit: boolean }>('capacityOpinion'),
    c.ask<{ fit: boolean }>('acceptanceOpinion'),
    c.ask<{ fit: boolean }>('technicalOpinion'),
    c.ask<{ fit: boolean }>('productionOpinion'),
    c.ask<{ fit: boolean }>('purchasingOpinion'),
  ]);
  if (c.edition >= 6) deeds.push(...opinions.map(({ actor }) => ({ act: 'review', persons: behind(actor) })));
  return opinions.every(({ facts }) => facts.fit);
}

/** By the general manager or by the deputy, either of them, and not by who drew it up or reviewed it [CON.P4 CON.X3]. */
async function signed(c: Case, deeds: readonly Deed[]): Promise<boolean> {
  c.enter('signature');
  return (await c.ask<Signature>('sign', { notBy: barredFrom('contract', 'sign', deeds) })).facts.signed;
}

function noSale(c: Case, outcome: 'unlicensed' | 'unsigned'): void {
  const clause = outcome === 'unlicensed' ? '5.1.5' : '4.3';
  c.know({ outcome }, clause);
  c.tell('business', 'no-sale', clause);
}
