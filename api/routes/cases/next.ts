/** GET /api/cases/:number/next */
import { z } from 'zod';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { grantsOf } from '../../../db/emergencies.ts';
import { lackingForms } from '../../../domain/case/closing.ts';
import { rolesAt } from '../../../domain/case/concern.ts';
import { holdsAt } from '../../../domain/place.ts';
import { filledIn, labelOf } from '../../../domain/case/acts.ts';
import { caseFor } from '../../http/find.ts';
import { pinnedPack } from '../../http/pack.ts';
import { me } from '../../plugins/auth.ts';
import { task } from '../../schemas/cases.ts';
import { caseNumber, label } from '../../schemas/common.ts';
import { form } from '../../schemas/packs.ts';
import { formsView, lackingView } from '../../view/closing.ts';
import { taskView } from '../../view/case.ts';
import { barredBy, mayDo, stepsNow } from '../../view/next.ts';
import { formView, stepView } from '../../view/pack.ts';
import type { Routes } from '../routes.ts';

const described: Described = {
  id: 'listNextSteps',
  tag: 'cases',
  summary: 'What may be done in a case now, by whom, with which form',
  problems: ['not-found'],
  description: 'Owed tasks first. `mine`: I may do it by my roles, by assignment and by not having drawn it up; the case itself judges.',
};
const nextSteps = z.object({
  items: z.array(
    label.extend({
      step: z.string(),
      clause: z.string(),
      by: z.array(z.string()),
      mine: z.boolean(),
      barred: label
        .extend({ code: z.string() })
        .nullable()
        .describe('Separation of duties keeps me from it: the code it would be refused with, and why'),
      task: task.nullable(),
      form: form.nullable(),
      formsMissing: z.array(label.extend({ id: z.string() })).describe('Forms that must be filed before it, and are not'),
    }),
  ),
  closing: z.object({
    lacking: z
      .array(
        label.extend({
          kind: z.enum(['step', 'form']),
          id: z.string(),
          step: z.string().nullable().describe('Where a person sees to it; null: a decision, or none'),
        }),
      )
      .describe('What the procedure requires before the case closes and is not there yet'),
  }),
});

export const nextRoute: Routes = async (app, { db, rules, clock }) => {
  app.get(
    '/api/cases/:number/next',
    { schema: { ...about(described), params: z.object({ number: caseNumber }), response: { 200: nextSteps, ...problemsOf(described) } } },
    async (request) => {
      const { state, places } = await caseFor(db, request, request.params.number);
      const pack = await pinnedPack(rules, state.pack.hash);
      if (pack === undefined) return { items: [], closing: { lacking: [] } };
      const reader = me(request);
      const emergency = await grantsOf(db, reader.person, state.number, clock());
      const items = stepsNow(state)
        .filter(({ step }) => labelOf(pack, step) !== undefined)
        .map((now) => {
          const { zh, en, clause, by, form: formId } = stepView(now.step, pack);
          const roles = now.task === undefined ? by : [...now.task.by];
          const duty = barredBy(now.task, state, reader.person);
          const filled = pack.forms[formId] ?? filledIn(pack, now.step);
          return {
            step: now.step,
            zh,
            en,
            clause: now.task?.clause ?? clause,
            by: roles,
            mine: mayDo(now.task, roles, state, {
              person: reader.person,
              roles: rolesAt(reader, pack.id, places),
              stands: reader.stands.filter(
                (one) => one.pack === pack.id && (one.places === null || holdsAt({ places: one.places }, places)),
              ),
              emergency,
            }),
            barred: duty === undefined ? null : { code: duty.code, zh: duty.zh, en: duty.en },
            task: now.task === undefined ? null : taskView(now.task, state, pack),
            form: filled === undefined ? null : formView(filled),
            formsMissing: formsView(lackingForms(state, pack.rules, now.step), pack),
          };
        });
      return { items, closing: { lacking: lackingView(state, pack) } };
    },
  );
};
