/** Customer information: noted, written down, passed into the company, where necessary straight to the general manager (6.6). */
import type { RoleId } from '../../domain/pack.ts';
import type { Answered, Case } from '../kit/case.ts';

export interface Information {
  readonly departments?: readonly RoleId[];
  readonly toGeneralManager?: boolean;
}

/** While a case is open, what it teaches about the customer can be passed on at any time. */
export function passInformationOn(c: Case): void {
  c.offer<Information>('customerInformation', (information) => {
    passedOn(c, information);
    if (information.facts.toGeneralManager) c.owe('reportToGeneralManager', { from: information.occurredAt, done: () => reported(c) });
  });
}

/** The departments named hear of it [TS.P21]. */
export function passedOn(c: Case, { facts: { departments = [] } }: Answered<Information>): void {
  for (const department of departments) c.tell(department, 'customer-information', '6.6');
}

/** It goes straight to the general manager [TS.P22]. */
export function reported(c: Case): void {
  c.tell(c.rules.generalManager, 'customer-information-report', '6.6');
}
