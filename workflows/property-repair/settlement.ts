/** Final account, audit, settlement, the builder's part, determination, payment (3.5.5-3.5.9). */
import { proxyActivities } from '@temporalio/workflow';
import { barredFrom } from '../../domain/authority/duties.ts';
import { behind } from '../../domain/authority/of-case.ts';
import { refuse } from '../../domain/errors.ts';
import type { Fen } from '../../domain/money.ts';
import { auditorOf, overrunChangesTier } from '../../domain/property-repair/account.ts';
import type { Case } from '../kit/case.ts';
import type { EffectPorts } from '../kit/ports.ts';
import { approveByAmount, toProposal, type Proposal } from '../stages/approval.ts';
import type { Amount, Audit, Confirmation, Intake } from './facts.ts';

// Our own database: no bound in total, it may be away for hours.
const { postSettlement } = proxyActivities<EffectPorts>({ startToCloseTimeout: '30s', retry: { maximumInterval: '30s' } });

/** Money after the work: a gate of its own beside the estimate's [CS19.X4]. Ends with the payment; posting it runs beside the flow and the closing waits for it. */
export async function settleAccounts(c: Case, intake: Intake, approved: Fen): Promise<void> {
  const account = await finalAccount(c, approved);
  if (account === undefined) return;
  for (;;) {
    const settled = await audit(c, account);
    if (c.state.known['orderClass'] === 'A') await builderConfirms(c);
    if (await determined(c, settled)) return pay(c, settled.amount, intake);
  }
}

/** By the team leader [CS19.P13]; above the approved tier the whole chain of the new tier decides the excess. */
async function finalAccount(c: Case, approved: Fen): Promise<Proposal | undefined> {
  c.enter('account');
  const entered = await c.ask<Amount>('finalAccount', {});
  if (entered.unrecorded) return undefined;
  const tiers = c.rules.tiers['estimate'];
  const account = await approveByAmount(c, 'finalAccount', toProposal(entered), {
    table: 'estimate',
    needed: (amount) => tiers !== undefined && overrunChangesTier(tiers, amount, approved),
  });
  c.know({ finalAccount: account.amount }, '3.5.5');
  return account;
}

/** By amount: the service department, or from the bound on the audit department [CS19.P14]; then the settlement [CS19.P15]. */
async function audit(c: Case, account: Proposal): Promise<Proposal> {
  c.enter('audit');
  const auditor = auditorOf(account.amount, c.rules);
  c.know({ auditor }, '3.5.6');
  const drewUp = c.edition < 6 ? account.by : [...new Set([...(c.state.proposals['finalAccount']?.by ?? []), ...account.by])];
  const { facts, actor } = await c.ask<Audit>('audit', {
    by: [auditor],
    notBy: barredFrom('account', 'audit', [{ act: 'draw-up', persons: drewUp }]),
    guard: (answer) => (Number(answer.facts['auditedAmount']) <= account.amount ? undefined : refuse('bad-amount', 'auditedAmount')),
  });
  const settlement = await c.ask('settlement');
  c.know({ settlement: facts.auditedAmount }, '3.5.6');
  const settled = toProposal({ ...settlement, facts: { amount: facts.auditedAmount } });
  // Whoever drew up or audited the account has contributed to what is determined.
  return c.edition < 6 ? settled : { ...settled, by: [...new Set([...settled.by, ...drewUp, ...behind(actor)])] };
}

/**
 * Class A: the builder confirms [CS19.P16]. It is always the audit department that notifies him [CS19.X7]. Refused, the
 * settlement and the payment wait, and the legal centre helps [CS19.X15].
 */
async function builderConfirms(c: Case): Promise<void> {
  c.enter('builder');
  await c.ask('builderNotice');
  while (!(await c.ask<Confirmation>('builderConfirmation')).facts.confirmed) {
    c.enter('dispute');
    c.tell('legalCentre', 'builder-dispute', '2.1.3');
  }
}

/** The deputy chief engineer determines the settlement (3.5.8) [CS19.P17]; refused, it is audited again. */
async function determined(c: Case, settlement: Proposal): Promise<boolean> {
  c.enter('determination');
  const role = c.rules.steps['determination']?.by[0] ?? c.rules.generalManager;
  const tier = { id: 'determination', clause: '3.5.8', chain: [{ act: 'approve' as const, role }] };
  const outcome = await c.decide({ name: 'settlement', step: 'determination', ...settlement, sum: settlement.amount, tier });
  return outcome === 'approved';
}

/** Finance pays the property company without further review and deducts class A from the retention (3.5.9) [CS19.P18]. */
async function pay(c: Case, amount: Fen, intake: Intake): Promise<void> {
  c.enter('payment');
  await c.ask('payment', {
    guard: ({ facts }) => (facts['paid'] === amount ? undefined : refuse('bad-amount', 'paid')),
  });
  const orderClass = c.state.known['orderClass'] === 'A' ? 'A' : 'B';
  c.effect(
    'postSettlement',
    (call) => postSettlement({ ...call, amount, orderClass, unit: intake.unit ?? '' }),
    // What the retention does not cover goes on finance's list (X16).
    ({ shortfall }) => (Number(shortfall) > 0 ? c.tell('finance', 'retention-shortfall', '3.5.9') : undefined),
  );
}
