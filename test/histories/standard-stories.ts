/** Every branch of the default procedure. */
import type { Step, Story } from './stories.ts';

const opening = (kind: string) => ({ pack: 's3-std', kind, by: 'customerService', form: { summary: '漏水', boughtAt: new Date(Date.now() - 3 * 86_400_000).toISOString() } });
const replied = (settled: boolean): Step => ['customerService', 'reply', { settled, text: '已登记' }];
const offered = (solution: string): Step => ['customerService', 'solution', { solution, text: '方案' }];
const satisfied = (yes: boolean): Step => ['customerService', 'confirmation', { satisfied: yes }];
const refunded: Step = ['serviceHead', 'refund', { amount: '199.00' }];

export const standardStories: readonly Story[] = [
  {
    name: 'standard-technician-then-taken-back', opening: opening('complaint'),
    steps: [
      replied(true), offered('technician'), ['technician', 'technicianVisit', { repaired: false }], offered('takeBack'), ['customerService', 'takeBack', { way: 'takeBack', withinRules: true }], refunded,
      satisfied(false), offered('replace'), ['customerService', 'takeBack', { way: 'replace', withinRules: true }], satisfied(false), offered('refund'), refunded, satisfied(true),
    ],
  },
  { name: 'standard-inquiry-settled', opening: opening('inquiry'), steps: [replied(true)] },
  { name: 'standard-inquiry-solved-late', opening: opening('inquiry'), daysAgo: 3, steps: [replied(false), offered('answer')] },
  { name: 'standard-suggestion', opening: opening('suggestion'), steps: [replied(false)] },
];
