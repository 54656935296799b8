/** A limit of the pack as cases see it: with the pack's business hours inside the rule, and rolled only where the pack rolls. */
import type { LimitRule } from '../domain/limit.ts';
import type { PackLimit } from '../domain/pack.ts';
import type { RawPack } from './schema.ts';

export function buildLimit(name: string, limit: RawPack['limits'][string], raw: RawPack): PackLimit {
  const {
    zh: _zh,
    en: _en,
    source: _source,
    requirement: _requirement,
    hardness,
    ladder,
    clause,
    arms,
    startsAt,
    onHandOver,
    ...rule
  } = limit;
  return {
    name,
    ...buildRule(rule, raw),
    hardness,
    ladder,
    clause,
    ...(arms === undefined ? {} : { arms }),
    ...(startsAt === undefined ? {} : { startsAt }),
    ...(onHandOver === undefined ? {} : { onHandOver }),
  };
}

type About = 'zh' | 'en' | 'source' | 'requirement' | 'hardness' | 'ladder' | 'clause' | 'arms' | 'startsAt' | 'onHandOver';
type RawLimit = RawPack['limits'][string];
type RawRule = RawLimit extends infer L ? (L extends RawLimit ? Omit<L, About> : never) : never;

function buildRule(rule: RawRule, raw: RawPack): LimitRule {
  const rolls = raw.switches['roll']?.value !== 'none';
  const close = raw.dayEnd === 'midnight' ? undefined : raw.businessHours;
  switch (rule.kind) {
    case 'days':
    case 'weeks':
      return { ...rule, roll: rule.roll && rolls };
    case 'business-hours':
      // Without hours the pack is refused (references.ts).
      return { ...rule, business: raw.businessHours ?? { periods: [] } };
    case 'workdays':
    case 'same-workday':
    case 'period+workdays':
      return { ...rule, ...(close === undefined ? {} : { close }) };
    case 'window': {
      const { opens, ...rest } = rule;
      return { ...rest, ...(opens === undefined ? {} : { opens }) };
    }
    default:
      return rule;
  }
}
