/** Erasing for ever: never one person's. */
import { readErasureOf } from '../../domain/erasure.ts';
import { eraseAll, planErasure, standing, type ErasurePlan } from '../../runtime/erasing.ts';
import { Problem } from '../problems/problem.ts';
import type { Prepare } from './prepare.ts';

export const prepareErasure: Prepare<'erasure'> = async ({ rules, registers, clock, config }, db, { body, askedBy, key }) => {
  const { of, subjects: expected, reason, despite } = body;
  const asked = readErasureOf(of);
  const found = asked && (await planErasure(db, rules, registers, asked, clock()));
  if (found === undefined) throw new Problem('not-found');
  if (found.subjects.length !== expected) {
    const n = found.subjects.length;
    throw new Problem('erasure-changed', { zh: `现有 ${n} 项,不是 ${expected} 项。`, en: `There are ${n} subjects now, not ${expected}.` });
  }
  const held = standing(found, despite);
  if (held.length > 0) throw heldUp(held);
  return {
    weighs: true,
    async carryOut(trx, at, noted) {
      await eraseAll(trx, config.erasureLog, found.subjects, { person: askedBy, reason, despite, key, at, noted });
      return {};
    },
  };
};

function heldUp(holds: ErasurePlan['holds']): Problem {
  const zh = holds.map(({ number, until }) => (until === undefined ? `${number} 未关闭` : `${number} 须保存至 ${until}`)).join(';');
  const en = holds.map(({ number, until }) => (until === undefined ? `${number} is open` : `${number} is kept until ${until}`)).join('; ');
  return new Problem('erasure-held', { zh: `${zh}。`, en: `${en}.` });
}
