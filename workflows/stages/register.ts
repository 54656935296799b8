/** The call and visit register 《来电、来访登记表》 and its weekly item (3.4.3, 3.4.4). */
import type { Instant } from '../../domain/time.ts';
import type { Case } from '../kit/case.ts';

export interface RegisterItem {
  /** A result lies in the record: it is in that week's report. */
  resultKnown(at: Instant): void;
}

/**
 * One item, one week from receipt; met by a result in the record or by a process note in the register, whichever comes
 * first within the limit [CS19.D3 CS19.X11]. Noting goes on after that: what is unsolved stays tracked.
 */
export function keepRegister(c: Case): RegisterItem {
  const item = c.watch('weeklyItem', { from: c.acceptedAt });
  c.offer('registerNote', (note) => c.meet(item, note.occurredAt));
  return { resultKnown: (at) => c.meet(item, at) };
}
