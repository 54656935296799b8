/** The shipped check lists for audits. */
import { join } from 'node:path';
import { z } from 'zod';
import type { Checklist } from '../../domain/audit/checklist.ts';
import { isSealed } from '../../domain/register/sealed.ts';
import { listPacks, loadPack } from '../load.ts';
import type { Problem } from '../problem.ts';
import { loadRegisters } from '../registers/load.ts';
import { id, label, text } from '../words.ts';
import { readYaml } from '../yaml-file.ts';

const values = z.record(id, z.union([z.string(), z.boolean()]));
const pair = z.tuple([id, id]);
const evidence = z.union([
  z.strictObject({ step: text, packs: z.array(text).min(1), where: values.exactOptional(), agreed: pair.exactOptional() }),
  z.strictObject({ kind: id }),
  z.strictObject({
    register: id,
    rows: id.exactOptional(),
    on: id.exactOptional(),
    during: z.union([z.tuple([id]), pair]).exactOptional(),
    standing: z.literal(true).exactOptional(),
    where: values.exactOptional(),
    filled: z.array(id).min(1).exactOptional(),
    notAfter: pair.exactOptional(),
    atLeast: pair.exactOptional(),
  }),
]);
const points = z.int().min(1).max(1000);
const schema = z.strictObject({
  id,
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'three numbers, such as 1.0.0'),
  title: z.strictObject(label),
  pointsEach: points,
  bands: z.array(z.strictObject({ ...label, from: z.int().min(0).max(100) })).default([]),
  indicators: z
    .array(
      z.strictObject({
        ...label,
        id: z.string(),
        line: z.int(),
        text: z.strictObject(label),
        points: points.optional(),
        evidence: z.array(evidence).min(1),
      }),
    )
    .min(1),
});

/** GB/T 27922. @throws PackError that names what is wrong, with line and remedy: also a step, kind, register or field that is not there */
export function loadChecklist(): Checklist {
  const { value, fail } = readYaml(join(import.meta.dirname, 'gbt27922.yaml'), schema);
  const { pointsEach, indicators, ...list } = value;
  const problems = unknownSources(indicators);
  if (problems.length > 0) throw fail(problems);
  return { ...list, indicators: indicators.map(({ points: own = pointsEach, ...one }) => ({ ...one, points: own })) };
}

function unknownSources(indicators: z.output<typeof schema>['indicators']): Problem[] {
  const packs = listPacks().map(loadPack);
  const steps = new Map(packs.map(({ id: pack, rules }) => [pack, rules.steps]));
  const kinds = new Set(packs.flatMap((pack) => Object.keys(pack.kinds)));
  const registers = loadRegisters();
  return indicators.flatMap((indicator, i) =>
    indicator.evidence.flatMap((source, j): Problem[] => {
      const path = ['indicators', i, 'evidence', j];
      if ('step' in source) {
        const without = source.packs.filter((pack) => steps.get(pack)?.[source.step] === undefined);
        return without.map((pack) => unknown(path, `step ${source.step} in ${pack}`));
      }
      if ('kind' in source) return kinds.has(source.kind) ? [] : [unknown(path, `kind ${source.kind}`)];
      const def = registers.get(source.register);
      if (def === undefined) return [unknown(path, `register ${source.register}`)];
      // A version of a reviewed entry holds from its approval, which is not looked at; rows are not, either.
      if (source.standing === true && (def.review !== undefined || source.rows !== undefined))
        return [{ path, wrong: `${source.register} cannot be counted by what stands`, right: '`on` or `during`' }];
      const { rows, on, during = [], where = {}, filled = [], notAfter = [], atLeast = [] } = source;
      const named = [...(on === undefined ? [] : [on]), ...during, ...Object.keys(where), ...filled, ...notAfter, ...atLeast];
      const fields = (rows === undefined ? def.fields : def.fields.find(({ name }) => name === rows)?.fields) ?? [];
      return named.flatMap((name): Problem[] => {
        const field = fields.find((one) => one.name === name);
        if (field === undefined) return [unknown(path, `field ${name} in ${source.register}`)];
        return isSealed(field)
          ? [{ path, wrong: `${name} in ${source.register} is sealed`, right: 'a field that can be compared in the store' }]
          : [];
      });
    }),
  );
}

const unknown = (path: (string | number)[], what: string): Problem => ({ path, wrong: `there is no ${what}`, right: 'one that is there' });
