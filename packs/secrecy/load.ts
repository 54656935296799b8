/** Secrecy labels as they ship: names, what carries which, who reads up to which. */
import { join } from 'node:path';
import { z } from 'zod';
import type { Secrecy } from '../../domain/secrecy.ts';
import { loadPack } from '../load.ts';
import type { Problem } from '../problem.ts';
import { loadRegisters } from '../registers/load.ts';
import { id, label } from '../words.ts';
import { parseYaml, readYaml, type YamlFile } from '../yaml-file.ts';

const packId = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'the id of a pack, such as s3-cs19');
const schema = z.strictObject({
  id: z.literal('secrecy'),
  version: z.string({ error: 'three numbers in a text, such as 1.0.0' }).regex(/^\d+\.\d+\.\d+$/, 'three numbers, such as 1.0.0'),
  labels: z.array(z.strictObject({ id, ...label })).min(2),
  records: id,
  clearance: id,
  veiled: id,
  packs: z.record(
    packId,
    z.strictObject({
      /** Label → kinds. */
      kinds: z.record(id, z.array(id).min(1)).default({}),
      /** Label → roles. */
      clearance: z.record(id, z.array(id).min(1)).default({}),
    }),
  ),
  /** Label → registers. */
  registers: z.record(id, z.array(id).min(1)).default({}),
});
type Raw = z.output<typeof schema>;

/** @throws PackError that names every problem with line and remedy */
export function loadSecrecy(): Secrecy {
  return secrecyOf(readYaml(join(import.meta.dirname, 'secrecy.yaml'), schema));
}

/** The same of a text: for tests and for trying. @throws PackError */
export function loadSecrecyText(content: string, file: string): Secrecy {
  return secrecyOf(parseYaml(content, file, schema));
}

function secrecyOf({ value, fail }: YamlFile<Raw>): Secrecy {
  const problems = faults(value);
  if (problems.length > 0) throw fail(problems);
  const { labels, records, clearance, veiled } = value;
  const packs = Object.entries(value.packs).map(
    ([pack, one]) => [pack, { kinds: turned(one.kinds), clearance: turned(one.clearance) }] as const,
  );
  return { labels, records, clearance, veiled, packs: Object.fromEntries(packs), registers: turned(value.registers) };
}

const turned = (by: Readonly<Record<string, readonly string[]>>): Record<string, string> =>
  Object.fromEntries(Object.entries(by).flatMap(([name, all]) => all.map((one) => [one, name])));

function faults(raw: Raw): Problem[] {
  const known = raw.labels.map((one) => one.id);
  const named = (path: (string | number)[], name: string): Problem[] =>
    known.includes(name) ? [] : [{ path, wrong: `there is no label "${name}"`, right: `one of: ${known.join(', ')}` }];
  const each = (path: string[], by: Readonly<Record<string, readonly string[]>>, there: readonly string[], what: string): Problem[] =>
    Object.entries(by).flatMap(([name, all]) => [
      ...named([...path, name], name),
      ...all
        .filter(
          (one, i) =>
            !there.includes(one) ||
            Object.values(by).flat().indexOf(one) !== Object.values(by).flat().lastIndexOf(one) ||
            all.indexOf(one) < i,
        )
        .map((one) => ({
          path: [...path, name],
          wrong: `"${one}" is no ${what}, or is named twice`,
          right: `each once, of: ${there.join(', ')}`,
        })),
    ]);
  return [
    ...named(['records'], raw.records),
    ...named(['clearance'], raw.clearance),
    ...named(['veiled'], raw.veiled),
    ...each(['registers'], raw.registers, [...loadRegisters().keys()], 'register'),
    ...Object.entries(raw.packs).flatMap(([id_, { kinds, clearance }]) => {
      const pack = loadPack(id_);
      return [
        ...each(['packs', id_, 'kinds'], kinds, Object.keys(pack.kinds), 'kind'),
        ...each(
          ['packs', id_, 'clearance'],
          clearance,
          pack.roles.map((role) => role.id),
          'role',
        ),
      ];
    }),
  ];
}
