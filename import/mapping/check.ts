/** What a mapping says of the pack and of the register must exist there. */
import type { Pack } from '../../domain/pack.ts';
import type { Problem } from '../../packs/problem.ts';
import { columnsOf } from './columns.ts';
import { suggest } from './nearest.ts';
import type { Mapping, Told } from './schema.ts';

type Path = readonly (string | number)[];

export function checkAgainstPack(mapping: Mapping, pack: Pack): Problem[] {
  const kind = pack.kinds[mapping.kind];
  return [
    ...(kind === undefined
      ? [unknown('kind of case', mapping.kind, Object.keys(pack.kinds), ['kind'])]
      : checkForm(pack, kind.form, mapping.form, ['form'])),
    ...Object.entries(mapping.tell).flatMap(([part, steps]) => steps.flatMap((told: Told, i) => checkStep(pack, told, ['tell', part, i]))),
    ...checkShape(mapping),
  ];
}

function checkStep(pack: Pack, { step, form }: Told, path: Path): Problem[] {
  const known = pack.steps[step];
  if (known === undefined) return [unknown('step', step, Object.keys(pack.steps), [...path, 'step'])];
  return checkForm(pack, known.form, form, [...path, 'form']);
}

function checkForm(pack: Pack, form: string, given: Readonly<Record<string, unknown>>, path: Path): Problem[] {
  const fields = pack.forms[form]?.fields.map((field) => field.name) ?? [];
  return Object.keys(given)
    .filter((field) => !fields.includes(field))
    .map((field) => unknown(`field of the form ${form}`, field, fields, [...path, field]));
}

/** What the parts of the mapping say about each other. */
function checkShape({ rows, moments, assigned, tell }: Mapping): Problem[] {
  const problems: Problem[] = [];
  const problem = (path: Path, wrong: string, right: string): void => void problems.push({ path, wrong, right });
  for (const [part, steps] of Object.entries(tell)) {
    steps.forEach(({ at }: Told, i) => {
      if (at !== undefined && moments[at] === undefined)
        problem(['tell', part, i, 'at'], `there is no moment "${at}"`, `one of: ${Object.keys(moments).join(', ')}`);
    });
  }
  if (moments.reopened !== undefined && tell.dissatisfied.length === 0)
    problem(['tell', 'dissatisfied'], 'is missing', 'the step whose answer opens the next round');
  if (moments.closed !== undefined && tell.end.length + tell.satisfied.length === 0)
    problem(['tell', 'end'], 'is missing', 'the steps that close a case');
  if (assigned !== undefined && !tell.round.some(({ step }) => step === assigned.step)) {
    problem(['assigned', 'step'], `"${assigned.step}" is no step of a round`, `one of: ${tell.round.map(({ step }) => step).join(', ')}`);
  }
  for (const [name, moment] of Object.entries(moments)) {
    for (const [column, condition] of Object.entries(moment?.when ?? {})) {
      if (rows === 'case' && condition === 'rises')
        problem(['moments', name, 'when', column], 'is rises, which needs several rows of a case', 'a list of values, or rows: event');
    }
  }
  return problems;
}

/** Columns of the mapping that the register lacks, each with the closest it has. */
export function checkAgainstColumns(mapping: Mapping, columns: readonly string[]): Problem[] {
  const named = columns.filter((column) => column !== '');
  return columnsOf(mapping)
    .filter(({ column }) => !columns.includes(column.normalize('NFC')))
    .map(({ column, path }) => ({ path, wrong: `the register has no column "${column}"`, right: suggest(column, named) }));
}

const unknown = (what: string, name: string, among: readonly string[], path: Path): Problem => ({
  path,
  wrong: `there is no ${what} "${name}"`,
  right: suggest(name, among),
});
