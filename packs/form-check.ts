/** Forms: names once, options where a choice is made, conditions on fields that exist. */
import type { Problem } from './problem.ts';
import type { RawPack } from './schema.ts';

type Fields = RawPack['forms'][string]['fields'];

export function checkForms(pack: RawPack): Problem[] {
  return Object.entries(pack.forms).flatMap(([form, { fields }]) =>
    fields.flatMap((field, i) =>
      checkField(fields, i).map((problem) => ({ ...problem, path: ['forms', form, 'fields', i, ...problem.path] })),
    ),
  );
}

function checkField(fields: Fields, index: number): Problem[] {
  const field = fields[index]!;
  const problems: Problem[] = [];
  if (fields.findIndex((other) => other.name === field.name) < index) {
    problems.push({ path: ['name'], wrong: `"${field.name}" stands there twice`, right: 'each field once' });
  }
  const chooses = field.type === 'choice' || field.type === 'choices';
  if (chooses !== (field.options !== undefined)) {
    problems.push({
      path: ['options'],
      wrong: chooses ? 'are missing' : `do not go with type ${field.type}`,
      right: chooses ? 'options such as { yes: [是, yes], no: [否, no] }' : 'no options, or type: choice',
    });
  }
  return [...problems, ...checkCondition(fields, index)];
}

function checkCondition(fields: Fields, index: number): Problem[] {
  const when = fields[index]!.requiredWhen;
  if (when === undefined) return [];
  const other = fields.find((f, i) => f.name === when.field && i !== index);
  if (other === undefined) {
    return [{ path: ['requiredWhen', 'field'], wrong: `there is no other field "${when.field}"`, right: 'a field of the same form' }];
  }
  const fits =
    when.equals === undefined ||
    (other.type === 'boolean' ? typeof when.equals === 'boolean' : Object.hasOwn(other.options ?? {}, String(when.equals)));
  if (fits) return [];
  const values = other.type === 'boolean' ? 'true or false' : `one of: ${Object.keys(other.options ?? {}).join(', ')}`;
  return [{ path: ['requiredWhen', 'equals'], wrong: `"${when.field}" never has the value ${String(when.equals)}`, right: values }];
}
