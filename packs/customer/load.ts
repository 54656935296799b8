/** What customers see and may do without signing in, as it ships: one file for each procedure that lets them. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { CustomerSide, Intake } from '../../domain/customer/side.ts';
import { actorsOf } from '../../domain/case/acts.ts';
import { formOf, openersOf, type Pack } from '../../domain/pack.ts';
import { loadPack } from '../load.ts';
import type { Problem } from '../problem.ts';
import { id, label, stepName, text } from '../words.ts';
import { parseYaml, readYaml, type YamlFile } from '../yaml-file.ts';

const HERE = import.meta.dirname;
/** What a stranger may fill in: no files, no persons, no roles, no money. */
const PLAIN = new Set(['text', 'id', 'choice', 'choices', 'boolean', 'instant', 'date', 'integer']);

const words = z.strictObject(label);
const filled = z.record(id, z.union([z.string(), z.boolean()]));
const packId = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'the id of a pack, such as s3-cs19');
const schema = z.strictObject({
  id: packId,
  version: z.string({ error: 'three numbers in a text, such as 1.0.0' }).regex(/^\d+\.\d+\.\d+$/, 'three numbers, such as 1.0.0'),
  packs: z.array(packId).min(1),
  kinds: z.array(id).min(1),
  role: id,
  contact: words,
  telephone: id,
  intake: z
    .strictObject({ kinds: z.array(id).min(1), fields: z.array(id).min(1), required: z.array(id).default([]), fill: filled.default({}) })
    .optional(),
  stages: z.record(id, z.strictObject({ ...label, contact: words.optional() })),
  promises: z.record(id, words),
  opinion: z
    .strictObject({
      step: stepName,
      asks: words,
      solved: filled,
      notSolved: filled,
      words: id,
      degree: z.strictObject({ field: id, solved: z.array(text).min(1), notSolved: z.array(text).min(1) }).optional(),
    })
    .optional(),
  extension: z.strictObject({ step: stepName }).optional(),
});
type Raw = z.output<typeof schema>;

/** By pack. @throws PackError that names every problem with line and remedy */
export function loadCustomerSides(): ReadonlyMap<string, CustomerSide> {
  const files = readdirSync(HERE).filter((name) => name.endsWith('.yaml'));
  return sidesOf(files.toSorted().map((name) => readYaml(join(HERE, name), schema)));
}

/** Those of one text: for tests and for trying. @throws PackError */
export function loadCustomerSidesText(content: string, file: string): ReadonlyMap<string, CustomerSide> {
  return sidesOf([parseYaml(content, file, schema)]);
}

function sidesOf(files: readonly YamlFile<Raw>[]): ReadonlyMap<string, CustomerSide> {
  const all = new Map<string, CustomerSide>();
  for (const { value, fail } of files) {
    const problems = value.packs.flatMap((pack, i): Problem[] =>
      all.has(pack) || value.packs.indexOf(pack) < i
        ? [{ path: ['packs', i], wrong: `${pack} is named twice`, right: 'each pack once, in one file' }]
        : against(value, loadPack(pack)),
    );
    if (problems.length > 0) throw fail(problems);
    const { id: _, version: __, ...side } = value;
    for (const pack of value.packs) all.set(pack, side as CustomerSide);
  }
  return all;
}

function against(raw: Raw, pack: Pack): Problem[] {
  const has = (what: object, name: string): boolean => Object.hasOwn(what, name);
  const one = (ok: boolean, path: (string | number)[], wrong: string, right: string): Problem[] => (ok ? [] : [{ path, wrong, right }]);
  const { role, kinds, promises, opinion, extension, intake } = raw;
  const roles = pack.roles.map((each) => each.id);
  const may = (step: string, path: string[]): Problem[] => [
    ...one(has(pack.steps, step), path, `${pack.id} has no step "${step}"`, 'a step of the pack'),
    ...one(
      !has(pack.steps, step) || actorsOf(step, pack.rules).includes(role),
      path,
      `"${role}" may not answer "${step}" in ${pack.id}`,
      `a step that ${role} may answer`,
    ),
  ];
  return [
    ...one(roles.includes(role), ['role'], `${pack.id} has no role "${role}"`, `one of: ${roles.join(', ')}`),
    ...one(actorsOf('nudge', pack.rules).includes(role), ['role'], `"${role}" may not pass a nudge on`, 'a role that opens cases'),
    ...[
      ...kinds.map((kind, i) => [['kinds', i], kind] as const),
      ...(intake?.kinds ?? []).map((kind, i) => [['intake', 'kinds', i], kind] as const),
    ].flatMap(([path, kind]) =>
      one(has(pack.kinds, kind), [...path], `${pack.id} has no kind "${kind}"`, Object.keys(pack.kinds).join(', ')),
    ),
    ...(intake?.kinds ?? []).flatMap((kind, i) =>
      one(kinds.includes(kind), ['intake', 'kinds', i], `"${kind}" is reported and not followed`, 'one of `kinds`'),
    ),
    ...Object.keys(promises).flatMap((limit) =>
      one(has(pack.rules.limits, limit), ['promises', limit], `${pack.id} has no such limit`, 'a limit of the pack'),
    ),
    ...(opinion === undefined ? [] : [...may(opinion.step, ['opinion', 'step']), ...opinionFaults(opinion, pack)]),
    ...(extension === undefined ? [] : may(extension.step, ['extension', 'step'])),
    ...(intake === undefined ? [] : intake.kinds.flatMap((kind) => kindFaults({ ...raw, intake }, pack, kind))),
  ];
}

function opinionFaults({ step, solved, notSolved, words: field, degree }: NonNullable<Raw['opinion']>, pack: Pack): Problem[] {
  const fields = formOf(pack, step)?.fields ?? [];
  const named = [field, ...Object.keys(solved), ...Object.keys(notSolved), ...(degree === undefined ? [] : [degree.field])];
  const options = fields.find(({ name }) => name === degree?.field)?.options ?? [];
  const degrees = degree === undefined ? [] : [...degree.solved, ...degree.notSolved];
  return [
    ...named
      .filter((name) => !fields.some((one) => one.name === name))
      .map((name) => ({ path: ['opinion'], wrong: `the form of "${step}" has no field "${name}"`, right: 'fields of that form' })),
    ...degrees
      .filter((one) => !options.includes(one))
      .map((one) => ({ path: ['opinion', 'degree'], wrong: `"${one}" is no option`, right: `some of: ${options.join(', ')}` })),
  ];
}

function kindFaults({ role, telephone, intake }: Raw & { intake: Intake }, pack: Pack, kind: string): Problem[] {
  if (!Object.hasOwn(pack.kinds, kind)) return [];
  const problems: Problem[] = [];
  if (!openersOf(pack, kind).includes(role))
    problems.push({ path: ['role'], wrong: `may not open "${kind}" in ${pack.id}`, right: `one of: ${openersOf(pack, kind).join(', ')}` });
  const fields = formOf(pack, 'open', kind)?.fields ?? [];
  for (const name of [...intake.fields, ...intake.required, ...Object.keys(intake.fill)]) {
    const field = fields.find((one) => one.name === name);
    const path = ['intake', 'fields'];
    if (field === undefined) problems.push({ path, wrong: `the form of "${kind}" has no field "${name}"`, right: 'fields of that form' });
    else if (!PLAIN.has(field.type))
      problems.push({ path, wrong: `"${name}" is of type ${field.type}`, right: 'nothing that names files, persons or amounts' });
  }
  const phone = fields.find((one) => one.name === telephone);
  if (phone?.type !== 'text' || phone.fact || !intake.fields.includes(telephone))
    problems.push({
      path: ['telephone'],
      wrong: `"${telephone}" is no text of the intake`,
      right: 'a text among its fields that is no fact',
    });
  const left = fields.filter((one) => one.required && ![...intake.fields, ...Object.keys(intake.fill)].includes(one.name));
  problems.push(
    ...left.map(({ name }) => ({ path: ['intake', 'fields'], wrong: `"${name}" is required and left out`, right: 'in fields or fill' })),
  );
  return problems;
}
