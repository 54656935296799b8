/**
 * Acts on a case or on a task rather than answers to one: every case knows them. Some the kit brings along, with their form
 * and who may do them, so that packs which do not name them have them too; a pack that names such a step says it its own way.
 */
import type { FormField } from '../form-field.ts';
import type { Pack, PackForm, PackRules, RoleId, StepId } from '../pack.ts';
import { formOf } from '../pack.ts';
import { calendarForm, rebaseForm, rebasers } from './rebase-form.ts';

/** Every pack has to say who may do these. */
const caseActs = ['assign', 'withdraw', 'duplicate', 'openedInError'] as const;
const broughtAlong = ['nudge', 'rebase', 'calendar'] as const;
export type CaseAct = (typeof caseActs)[number] | (typeof broughtAlong)[number];

export function isCaseAct(step: string): step is CaseAct {
  return (caseActs as readonly string[]).includes(step) || (broughtAlong as readonly string[]).includes(step);
}

/** Those that people are shown at a case: what it goes by is changed for many at once, or by the system. */
export const shownActs: readonly CaseAct[] = [...caseActs, 'nudge'];

interface KitAct {
  readonly zh: string;
  readonly en: string;
  readonly fields: readonly FormField[];
  /** Whom the pack names, or else the kit. */
  by(rules: PackRules, step: StepId): readonly RoleId[];
}

const kitActs: Readonly<Record<string, KitAct>> = {
  nudge: {
    zh: '催办',
    en: 'nudge',
    fields: [
      { name: 'task', type: 'id', required: true, fact: true, zh: '任务', en: 'task' },
      {
        name: 'from',
        type: 'choice',
        required: true,
        fact: true,
        zh: '催办人',
        en: 'at whose wish',
        options: ['coordinator', 'customer'],
        optionLabels: { coordinator: { zh: '协调员', en: 'coordinator' }, customer: { zh: '客户', en: 'customer' } },
      },
      { name: 'note', type: 'text', zh: '说明', en: 'note' },
    ],
    // Whoever takes the customer's calls passes the wish on.
    by: ({ coordinator, steps }, step) => steps[step]?.by ?? [...new Set([...coordinator, ...(steps['open']?.by ?? [])])],
  },
  rebase: { zh: '改按新版本', en: 'go on by a newer version', fields: rebaseForm, by: (rules) => rebasers(rules, 'rebase') },
  calendar: { zh: '日历更新', en: 'a year of the calendar was loaded', fields: calendarForm, by: (rules) => rebasers(rules, 'calendar') },
};

const kitAct = (step: StepId): KitAct | undefined => (Object.hasOwn(kitActs, step) ? kitActs[step] : undefined);

/** Who may do it: whom the pack names, else whom the kit does. */
export function actorsOf(step: StepId, rules: PackRules): readonly RoleId[] {
  return kitAct(step)?.by(rules, step) ?? rules.steps[step]?.by ?? [];
}

/** What it is called; undefined: neither the pack nor the kit has it. */
export function labelOf(pack: Pick<Pack, 'steps'>, step: StepId): { zh: string; en: string } | undefined {
  const found = (Object.hasOwn(pack.steps, step) ? pack.steps[step] : undefined) ?? kitAct(step);
  return found === undefined ? undefined : { zh: found.zh, en: found.en };
}

/** The form to be filled in; undefined: there is no such step. */
export function filledIn(pack: Pick<Pack, 'forms' | 'kinds' | 'steps'>, step: StepId, kind?: string): PackForm | undefined {
  const own = formOf(pack, step, kind);
  const act = kitAct(step);
  return own ?? (act === undefined ? undefined : { id: step, zh: act.zh, en: act.en, fields: act.fields });
}
