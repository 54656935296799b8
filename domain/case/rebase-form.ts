/**
 * The two acts by which a case goes on by newer rules: `rebase`, a person's command with a reason, and `calendar`, which the
 * system does after a year was loaded. Every case knows them, whether its pack names them or not.
 */
import type { FormField } from '../form.ts';
import type { PackRules, RoleId } from '../pack.ts';
import { supervisors } from './dating.ts';

/** Who does what nobody has commanded for one case. No pack can have a role of this name. */
export const SYSTEM = 'redress-system';

/** What a person fills in. Neither version: what a case opened now would go by. */
export const rebaseForm: readonly FormField[] = [
  { name: 'toVersion', zh: '改按制度包版本', en: 'version of the pack', type: 'text' },
  { name: 'calendarVersion', zh: '改按日历版本', en: 'version of the calendar', type: 'text' },
  { name: 'reason', zh: '理由', en: 'reason', type: 'text', required: true, fact: true },
];

/** What the system fills in: the version that was loaded, and the job that goes through the cases. */
export const calendarForm: readonly FormField[] = [
  { name: 'calendarVersion', zh: '日历版本', en: 'version of the calendar', type: 'text', required: true },
  { name: 'job', zh: '批次', en: 'job', type: 'id' },
];

/**
 * Who may: whom the pack's step `rebase` names; without one the supervisors of its coordinators and its general manager. The
 * calendar is the system's.
 */
export function rebasers(rules: PackRules, step: 'rebase' | 'calendar'): readonly RoleId[] {
  return step === 'calendar' ? [SYSTEM] : (rules.steps[step]?.by ?? supervisors(rules));
}
