/** A scenario file: what may stand in it. zod is the source; `docs/scenario.schema.json` is made from it. */
import { z } from 'zod';
import { refusals, type RefusalCode } from '../../domain/errors.ts';
import { expectSchema } from '../expect/all.ts';
import { parseBeijing } from '../../domain/time.ts';
import { when, yuan } from './words.ts';

const text = z.string().trim().min(1);
const form = z
  .record(z.string(), z.unknown())
  .describe('The form as a person fills it in: money in yuan, times in Beijing time, roles by id, name or alias.');
const code = z.enum(Object.keys(refusals) as [RefusalCode, ...RefusalCode[]]).describe('The case must refuse it with this code.');

const who = {
  as: text.optional().describe('Role: id, Chinese or English name, or alias.'),
  person: text.optional().describe('A person of `given.people`; with `as`, in that role only.'),
};

const said = {
  ...who,
  occurredAt: when.optional().describe('When it happened; default: when it is received.'),
  key: text.optional().describe('Idempotency key; the same key twice is the same request.'),
  refused: code.optional(),
  expect: expectSchema.optional(),
  note: text.optional().describe('For the reader.'),
};

const outage = z
  .strictObject({ from: when, to: when })
  .refine(({ from, to }) => parseBeijing(from) < parseBeijing(to), 'from before to')
  .describe('Nobody works from here to there: the worker is really stopped, and started again.');

const opening = z
  .strictObject({ at: when.describe('When the complaint is received.'), form, ...said })
  .refine((o) => o.as !== undefined || o.person !== undefined, 'who does it: as (a role) or person');

const act = {
  submit: text.optional().describe('A step of the pack.'),
  form: form.optional(),
  task: text.optional().describe('A task by its id, where the step alone could mean several: survey#1.'),
  async: z.literal(true).optional().describe('Sent as a signal: nobody waits for the verdict.'),
  case: text.optional().describe('Which case, where a file has several.'),
};

const somebody = (s: { as?: string | undefined; person?: string | undefined }): boolean => s.as !== undefined || s.person !== undefined;
const WHO = 'who does it: as (a role) or person';

const together = z
  .strictObject({ ...act, ...said })
  .refine((s) => s.submit !== undefined, 'submit')
  .refine(somebody, WHO);

const setting: z.ZodType = z.lazy(() =>
  z.union([z.string(), z.number(), z.boolean(), z.record(z.string(), setting)], 'a value, or a map of settings'),
);
const settings = z.record(z.string(), setting).describe('Settings of the pack that are different here: roll: none, limits.survey.n: 2.');
const VERSION = 'three numbers in a text, such as 2.0.0';
const activatePack = z
  .strictObject({
    pack: text.optional().describe('A pack file beside this one; default: the pack of the story with other settings.'),
    version: z
      .string({ error: VERSION })
      .regex(/^\d+\.\d+\.\d+$/, VERSION)
      .optional()
      .describe('Its version.'),
    settings: settings.optional(),
  })
  .refine((given) => Object.keys(given).length > 0, 'pack, version or settings')
  .describe('From here on new cases are opened under this version of the pack; an open one keeps its own until a step `rebase`.');

const days = z.array(z.string().regex(/^\d{2}-\d{2}(\.\.\d{2}-\d{2})?$/, 'MM-DD or MM-DD..MM-DD'));
const loadCalendar = z
  .strictObject({
    year: z.int().min(2000).max(2200),
    off: days.describe('Days off.'),
    work: days.default([]).describe('Make-up workdays.'),
    version: text.optional().describe('Version of the calendar from here on.'),
  })
  .describe('A year of the calendar is loaded: new cases go by it, and open ones reckon anew what waited for it.');

/** What a step may be; at most one of them, or a look. */
const kinds = ['submit', 'outage', 'atOnce', 'activatePack', 'loadCalendar'] as const;

const step = z
  .strictObject({
    id: text.optional().describe('A name by which a variant can leave it out.'),
    at: when.optional().describe('When it is received or looked at; default: as the step before.'),
    ...act,
    ...said,
    outage: outage.optional(),
    activatePack: activatePack.optional(),
    loadCalendar: loadCalendar.optional(),
    atOnce: z.array(together).min(2).optional().describe('Acts of one second: received in this order, none waits for the one before.'),
  })
  .refine((s) => s.expect !== undefined || kinds.some((kind) => s[kind] !== undefined), `${kinds.join(', ')} or expect`)
  .refine((s) => kinds.filter((kind) => s[kind] !== undefined).length <= 1, `one of ${kinds.join(', ')}`)
  .refine((s) => s.submit === undefined || somebody(s), WHO)
  .refine(
    (s) =>
      s.submit !== undefined ||
      ['as', 'person', 'form', 'refused', 'task', 'key', 'async', 'occurredAt'].every((k) => !Object.hasOwn(s, k)),
    'submit, since it says who or what',
  )
  .refine(
    (s) => s.outage === undefined || (s.at === undefined && s.expect === undefined),
    'from and to only; what is expected stands in a step',
  );

const unit = z.strictObject({ estate: text, building: text, builder: text, warrantyUntil: text }).partial();

const given = z
  .strictObject({
    units: z.record(z.string(), unit).describe('Units of the register, by id.'),
    retention: yuan.describe("What is left of the builder's retention for these units, or for the unit of the opening."),
    people: z
      .record(z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}$/, 'a short id of letters and digits'), z.array(text).min(1))
      .describe('Persons and their roles, beside the one that the lab has for each role.'),
    absences: z
      .array(
        z
          .strictObject({ person: text, substitute: text, from: when, until: when, role: text.optional() })
          .refine(({ from, until }) => parseBeijing(from) < parseBeijing(until), 'from before until')
          .refine(({ person, substitute }) => person !== substitute, 'another person as substitute'),
      )
      .describe('Who of `people` is away, from when until when, and who stands in: everywhere, or in one role.'),
  })
  .partial();

const values = z
  .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.unknown())]))
  .describe('Values that stand as $name elsewhere.');

const variant = z.strictObject({
  title: text,
  settings: settings.optional(),
  values: values.optional(),
  given: given.optional(),
  open: z
    .strictObject({ at: when, form, as: text, person: text, occurredAt: when, refused: code, expect: expectSchema })
    .partial()
    .optional()
    .describe('What is different at the opening; the form is merged.'),
  until: when.optional().describe('Steps of the base after this instant are left out.'),
  without: z.array(text).optional().describe('Steps of the base, by id, that are left out.'),
  steps: z.array(step).optional().describe('Steps beside those of the base.'),
});

export const scenarioSchema = z
  .strictObject({
    title: text,
    note: text.optional(),
    pack: text.describe('Id of a shipped pack, or path of a pack file beside this one.'),
    settings: settings.optional(),
    values: values.optional(),
    given: given.optional(),
    open: opening.optional().describe('The one case of the story.'),
    cases: z
      .record(
        z.string().regex(/^[A-Za-z][A-Za-z0-9]*$/, 'a short name of letters and digits'),
        z.strictObject({ open: opening, steps: z.array(step).optional() }),
      )
      .optional()
      .describe('Several cases, by name.'),
    steps: z.array(step).optional(),
    variants: z.array(variant).min(1).optional().describe('The same story with something different, each played by itself.'),
  })
  .refine((s) => (s.open === undefined) !== (s.cases === undefined), 'either open or cases');

export type RawScenario = z.output<typeof scenarioSchema>;
export type RawStep = z.output<typeof step>;
export type RawOpening = z.output<typeof opening>;
export type RawVariant = z.output<typeof variant>;
