/** S0-TS16949, on-site service: TS16949服务控制程序, 6.5. */
import { checkCharge } from '../../domain/charges.ts';
import type { Fen } from '../../domain/money.ts';
import type { RoleId } from '../../domain/pack.ts';
import { checkTimes, checkVerification, type Verification } from '../../domain/on-site-service/service.ts';
import type { Answered, Case } from '../kit/case.ts';
import type { Closing, OpenCase } from '../kit/messages.ts';
import { runCase } from '../kit/run.ts';
import { passInformationOn } from '../stages/information.ts';
import { lendSubstitute } from '../stages/loaner.ts';
import { quoteAccepted } from '../stages/quote.ts';
import { giveRecord } from '../stages/repair-record.ts';
import { sendForResearch } from '../stages/research.ts';
import { markTraining, trainCustomer, trainedOrWarned } from '../stages/training.ts';
import type { ServiceNotice, ServiceRecord, ServiceRequest } from './facts.ts';

export async function onSiteService(input: OpenCase): Promise<Closing> {
  return runCase(input, serveOnSite);
}

/** The request is accepted: offered to a new customer, asked for by an existing one [TS.P10]. */
async function serveOnSite(c: Case): Promise<void> {
  const { customerKind } = c.intake<ServiceRequest>();
  c.know({ offered: customerKind === 'new' }, '6.5.1');
  passInformationOn(c); //                                                           6.6
  trainCustomer(c); //                                                               6.3
  sendForResearch(c);
  for (;;) {
    const notice = await giveNotice(c); //                                           6.5.1
    await assignStaff(c, notice); //                                                 6.5.2
    const quoted = notice.facts.charged ? await quoteAccepted(c) : undefined; //     GB/T 27922, line 9
    await serve(c, notice, quoted); //                                               6.5.2, 6.5.3
    const verified = await verify(c); //                                             6.5.2
    if (verified.unrecorded || !verified.facts.again) break;
    c.nextRound();
  }
  await c.allDone(['recordGiven', 'loanerReturned', 'researchResult', 'reportToGeneralManager']);
}

/** Marketing fixes object, content, manner and time of the service [TS.P11] and gives notice of it. */
async function giveNotice(c: Case): Promise<Answered<ServiceNotice>> {
  c.enter('notice');
  return c.ask<ServiceNotice>('serviceNotice');
}

/** The supervisor of marketing assigns the staff [TS.P12]; the supervisor of production assigns, too, where its own staff is needed [TS.X6]. */
async function assignStaff(c: Case, { facts }: Answered<ServiceNotice>): Promise<void> {
  c.enter('assignment');
  const supervisors: RoleId[] = ['marketingSupervisor', ...(facts.productionStaffNeeded ? ['productionSupervisor'] : [])];
  await Promise.all(supervisors.map((supervisor) => c.ask('serviceAssignment', { by: [supervisor] })));
  c.tell('serviceStaff', 'on-site-service', '6.5.2');
}

/**
 * The staff assigned serve [TS.P13] and fill the record in the customer's file in, truthfully [TS.P15]; it says whether the customer was
 * trained. A repair that passes the time of its notice may bring a substitute.
 */
async function serve(c: Case, notice: Answered<ServiceNotice>, quoted: Fen | undefined): Promise<void> {
  c.enter('service');
  lendSubstitute(c, () => notice.facts.plannedFor);
  const { facts, unrecorded } = await c.ask<ServiceRecord>('serviceRecord', {
    guard: (answer) => {
      const record = answer.facts as unknown as ServiceRecord;
      return checkTimes(record, answer.occurredAt) ?? checkCharge(record.charge, quoted);
    },
  });
  c.lapse('loaner', 'served');
  if (unrecorded) return;
  markTraining(c, facts.customerTrained === true, verifier(c));
  if (facts.repair) giveRecord(c);
}

/** The supervisor of marketing verifies to what degree the goal was met [TS.P14]; it is the closing act, and may ask for further service. */
async function verify(c: Case): Promise<Answered<Verification>> {
  c.enter('verification');
  return c.ask<Verification>('verification', {
    by: [verifier(c)],
    guard: ({ facts }) => checkVerification(facts as unknown as Verification) ?? trainedOrWarned(c),
  });
}

const verifier = (c: Case): RoleId => String(c.switch('serviceVerifiedBy') ?? 'marketingSupervisor');
