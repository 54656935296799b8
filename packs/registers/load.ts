/** The registers as they ship: `company.yaml`, what all procedures share, and `<pack>.yaml`, what one procedure writes down. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { FormField } from '../../domain/form-field.ts';
import type { RegisterDef, RolesByPack } from '../../domain/register/definition.ts';
import { CHECKS } from '../../domain/register/checks/all.ts';
import { loadPack } from '../load.ts';
import { PackError, type Problem } from '../problem.ts';
import { plainField } from '../schema.ts';
import { clause, id, label, text } from '../words.ts';
import { parseYaml, readYaml, type YamlFile } from '../yaml-file.ts';
import { openFaults } from './open-check.ts';

const HERE = import.meta.dirname;
const TYPES = ['text', 'boolean', 'money', 'instant', 'date', 'integer', 'decimal', 'choice', 'choices', 'person', 'number-of-case', 'id', 'ids', 'ref', 'files', 'hash'] as const; // prettier-ignore

const plain = {
  ...plainField,
  register: id.optional(),
  open: z.literal(true, { error: 'true, or nothing' }).optional(),
  personal: z.undefined({ error: 'nothing: every text is sealed unless it says `open: true`' }).optional(),
};
const column = z.strictObject({ ...plain, type: z.enum(TYPES) });
const field = z.strictObject({
  ...plain,
  type: z.enum([...TYPES, 'rows']),
  fields: z.array(column).min(1).optional(),
});
const rolesByPack = z.record(z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'the id of a pack, such as s3-cs19'), z.array(id).min(1));

const register = z.strictObject({
  ...label,
  clause,
  key: id.optional(),
  prefix: z.string().regex(/^[A-Z][A-Z0-9]{0,9}$/, 'one to ten capital letters and digits, such as KH'),
  search: z.array(id).default([]),
  filter: z.array(id).default([]),
  write: rolesByPack,
  read: z.union([z.literal('everybody'), rolesByPack]).optional(),
  review: z.strictObject({ pack: text.optional(), review: id, approve: id }).optional(),
  unique: z.array(z.array(id).min(1)).default([]),
  keep: z.strictObject({ years: z.int().min(1).max(100) }, { error: '{ years: <1 to 100> }' }).optional(),
  checks: z.array(z.enum(Object.keys(CHECKS) as [string, ...string[]])).default([]),
  fields: z.array(field).min(1),
});

const schema = z.strictObject({
  id: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'company, or the id of a pack'),
  version: z.string({ error: 'three numbers in a text, such as 1.0.0' }).regex(/^\d+\.\d+\.\d+$/, 'three numbers, such as 1.0.0'),
  registers: z.record(id, register),
});
type Raw = z.output<typeof schema>;
type RawField = Raw['registers'][string]['fields'][number];

/** All shipped registers by id. Throws PackError that names every problem with line and remedy. */
export function loadRegisters(): ReadonlyMap<string, RegisterDef> {
  const files = readdirSync(HERE)
    .filter((name) => name.endsWith('.yaml'))
    .toSorted()
    .map((name) => readYaml(join(HERE, name), schema));
  return registersOf(files);
}

/** The registers of one text, beside the shipped ones: for tests and for trying. Throws PackError. */
export function loadRegistersText(content: string, file: string): ReadonlyMap<string, RegisterDef> {
  return registersOf([parseYaml(content, file, schema)]);
}

function registersOf(files: readonly YamlFile<Raw>[]): ReadonlyMap<string, RegisterDef> {
  const all = new Map<string, RegisterDef>();
  const known = new Set(files.flatMap(({ value }) => Object.keys(value.registers)));
  for (const { value, fail } of files) {
    const problems: Problem[] = [];
    for (const [name, raw] of Object.entries(value.registers)) {
      const path = ['registers', name];
      if (all.has(name)) problems.push({ path, wrong: 'stands in another file, too', right: 'a name of its own' });
      problems.push(...checkRegister(raw, known, value.id).map((one) => ({ ...one, path: [...path, ...one.path] })));
      all.set(name, build(name, value, raw));
    }
    if (problems.length > 0) throw fail(problems);
  }
  return all;
}

function build(name: string, { id: owner, version }: Raw, raw: Raw['registers'][string]): RegisterDef {
  const { fields, key, read, review, keep, ...rest } = raw;
  return {
    ...rest,
    id: name,
    version,
    fields: fields.map(buildField),
    ...(key === undefined ? {} : { key }),
    ...(read === undefined ? {} : { read }),
    ...(keep === undefined ? {} : { keep }),
    ...(review === undefined ? {} : { review: { pack: review.pack ?? owner, review: review.review, approve: review.approve } }),
  };
}

function buildField({ options, fields, ...raw }: RawField): FormField {
  const given = Object.fromEntries(Object.entries(raw).filter(([, value]) => value !== undefined)) as unknown as FormField;
  const labels = options && Object.fromEntries(Object.entries(options).map(([option, [zh, en]]) => [option, { zh, en }]));
  return {
    ...given,
    ...(labels === undefined ? {} : { options: Object.keys(labels), optionLabels: labels }),
    ...(fields === undefined ? {} : { fields: fields.map((one) => buildField(one as RawField)) }),
  };
}

function checkRegister(raw: Raw['registers'][string], known: ReadonlySet<string>, owner: string): Problem[] {
  const names = raw.fields.map((one) => one.name);
  const namesField = (path: (string | number)[], name: string): Problem[] =>
    names.includes(name) ? [] : [{ path, wrong: `there is no field "${name}"`, right: `one of: ${names.join(', ')}` }];
  const key = raw.fields.find((one) => one.name === raw.key);
  return [
    ...(raw.key === undefined ? [] : namesField(['key'], raw.key)),
    ...(key === undefined || (key.type === 'id' && key.required)
      ? []
      : [{ path: ['key'], wrong: `"${key.name}" cannot name an entry`, right: 'a field of type id that is required' }]),
    ...raw.search.flatMap((name, i) => namesField(['search', i], name)),
    ...raw.filter.flatMap((name, i) => namesField(['filter', i], name)),
    ...raw.unique.flatMap((key_, i) => key_.flatMap((name, j) => namesField(['unique', i, j], name))),
    ...raw.fields.flatMap((one, i) =>
      checkField(one, known, names.indexOf(one.name) < i).map((p) => ({ ...p, path: ['fields', i, ...p.path] })),
    ),
    ...rolesFaults(['write'], raw.write),
    ...(raw.read === undefined || raw.read === 'everybody' ? [] : rolesFaults(['read'], raw.read)),
    ...openFaults(raw),
    ...(raw.review === undefined ? [] : reviewFaults(raw.review, owner)),
  ];
}

function checkField(one: RawField, known: ReadonlySet<string>, twice: boolean): Problem[] {
  const problems: Problem[] = [];
  if (twice) problems.push({ path: ['name'], wrong: `"${one.name}" stands there twice`, right: 'each field once' });
  const chooses = one.type === 'choice' || one.type === 'choices';
  if (chooses !== (one.options !== undefined))
    problems.push({
      path: ['options'],
      wrong: chooses ? 'are missing' : `do not go with type ${one.type}`,
      right: chooses ? 'options such as { yes: [是, yes] }' : 'no options',
    });
  if ((one.type === 'ref') !== (one.register !== undefined))
    problems.push({
      path: ['register'],
      wrong: one.type === 'ref' ? 'is missing' : `does not go with type ${one.type}`,
      right: 'register: <id> with type: ref',
    });
  if (one.register !== undefined && !known.has(one.register))
    problems.push({ path: ['register'], wrong: `there is no register "${one.register}"`, right: `one of: ${[...known].join(', ')}` });
  if ((one.type === 'rows') !== (one.fields !== undefined))
    problems.push({
      path: ['fields'],
      wrong: one.type === 'rows' ? 'are missing' : `do not go with type ${one.type}`,
      right: 'fields with type: rows',
    });
  const columns = one.fields ?? [];
  const inner = columns.flatMap((each, i) =>
    checkField(each as RawField, known, columns.findIndex((other) => other.name === each.name) < i).map((p) => ({
      ...p,
      path: ['fields', i, ...p.path],
    })),
  );
  return [...problems, ...inner];
}

function reviewFaults({ pack, review, approve }: NonNullable<Raw['registers'][string]['review']>, owner: string): Problem[] {
  const by = pack ?? owner;
  const has = rolesOfPack(by);
  if (has === undefined) return [{ path: ['review', 'pack'], wrong: `there is no pack "${by}"`, right: 'pack: the id of a shipped pack' }];
  return Object.entries({ review, approve }).flatMap(([act, role]) =>
    has.includes(role) ? [] : [{ path: ['review', act], wrong: `the pack has no role "${role}"`, right: `one of: ${has.join(', ')}` }],
  );
}

/** Roles that the packs named do not have. */
function rolesFaults(path: string[], roles: RolesByPack): Problem[] {
  return Object.entries(roles).flatMap(([pack, wanted]): Problem[] => {
    const has = rolesOfPack(pack);
    if (has === undefined) return [{ path: [...path, pack], wrong: `there is no pack "${pack}"`, right: 'the id of a shipped pack' }];
    return wanted.flatMap((role, i) =>
      has.includes(role) ? [] : [{ path: [...path, pack, i], wrong: `the pack has no role "${role}"`, right: `one of: ${has.join(', ')}` }],
    );
  });
}

const roles = new Map<string, readonly string[] | undefined>();

/** Role ids of a shipped pack; undefined = no such pack. Read once: shipped packs do not change while a process runs. */
function rolesOfPack(pack: string): readonly string[] | undefined {
  if (!roles.has(pack)) {
    try {
      roles.set(
        pack,
        loadPack(pack).roles.map((role) => role.id),
      );
    } catch (error) {
      if (!(error instanceof PackError)) throw error;
      roles.set(pack, undefined);
    }
  }
  return roles.get(pack);
}
