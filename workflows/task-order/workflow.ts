/** S1-OUTLET, the daily work of an outlet: a task order is carried out and reported (daily 1, daily 4). */
import type { Case } from '../kit/case.ts';
import type { Closing, OpenCase } from '../kit/messages.ts';
import { runCase } from '../kit/run.ts';

interface Order {
  readonly outlet: string;
  /** Spare parts, repair equipment: listed on the order. */
  readonly parts?: true;
  readonly equipment?: true;
}

interface Repair {
  readonly result: 'repaired' | 'partsMissing' | 'notRepairable';
}

export async function taskOrder(input: OpenCase): Promise<Closing> {
  return runCase(input, carryOutOrder);
}

/**
 * The service department issues the order [OUT.P13] and supplies the parts and the equipment on it; the outlet repairs [OUT.P14] and
 * reports to the dispatcher [OUT.P15], who keeps the customer's record [OUT.P16].
 */
async function carryOutOrder(c: Case): Promise<void> {
  const { parts, equipment } = c.intake<Order>();
  if (parts || equipment) await supply(c);
  while (await partsAreMissing(c)) await supply(c);
  c.enter('record');
  await c.ask('customerRecord');
}

async function supply(c: Case): Promise<void> {
  c.enter('supply');
  await c.ask('supply');
}

/** Reported whatever came of it, in time but without a number in the text: recorded, not timed [OUT.D3]. */
async function partsAreMissing(c: Case): Promise<boolean> {
  c.enter('repair');
  const { facts, occurredAt } = await c.ask<Repair>('repair');
  await c.ask('repairReport', { from: occurredAt });
  c.know({ result: facts.result }, 'daily 4');
  c.tell('dispatcher', 'repair-situation', 'daily 4');
  return facts.result === 'partsMissing';
}
