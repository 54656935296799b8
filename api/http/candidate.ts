/** A candidate pack as it was sent: read and checked as a whole, and what the proposal's form says of it. */
import { createHash } from 'node:crypto';
import type { Attached, RuleBook } from '../../desk/index.ts';
import type { Pack } from '../../domain/pack.ts';
import { isoBeijing, type Instant } from '../../domain/time.ts';
import { diffPacks, sayDifference } from '../../packs/diff.ts';
import { loadPackText } from '../../packs/load.ts';
import { checkProcedures } from '../../packs/procedure-check.ts';
import { PackError, type PlacedProblem } from '../../packs/problem.ts';
import { Problem } from '../problems/problem.ts';

/** @throws Problem bad-pack with every problem, its place and what would be right */
export function readCandidate(id: string, given: { yaml?: string | undefined; pack?: unknown }): Pack {
  try {
    const pack = loadPackText(given.yaml ?? JSON.stringify(given.pack, null, 1), 'pack.yaml');
    const { problems } = checkProcedures(pack, 'pack.yaml');
    const wrongId = { file: 'pack.yaml', path: 'id', wrong: `is "${pack.id}"`, right: `"${id}", the pack it is proposed for` };
    const found = pack.id === id ? problems : [wrongId, ...problems];
    if (found.length > 0) throw new PackError([...found]);
    return pack;
  } catch (error) {
    if (!(error instanceof PackError)) throw error;
    throw new Problem('bad-pack', { errors: error.problems.map(fieldOf) });
  }
}

/** What is wrong in a pack is said in English only; in Chinese, where it is. */
function fieldOf({ path, line, wrong, right }: PlacedProblem) {
  const place = [line === undefined ? '' : `第${line}行`, path].filter((part) => part !== '').join(' ');
  return {
    path,
    zh: `制度包${place === '' ? '' : `的 ${place} `}有误，请更正后重新提交（英文说明：${wrong}; right would be ${right}）`,
    en: `${line === undefined ? '' : `line ${line}: `}${wrong}; right would be ${right}`,
  };
}

/** The pack's text as it is stored, word for word what was checked. */
export function storedText(pack: Pack): Attached[number] {
  const body = JSON.stringify(pack);
  return { hash: createHash('sha256').update(body, 'utf8').digest('hex'), body };
}

/** The proposal's form. @param differences as they were said before, where the same proposal is sent again */
export async function proposalForm(
  rules: RuleBook,
  pack: Pack,
  { reason, activeFrom, now, differences }: { reason: string; activeFrom?: Instant | undefined; now: Instant; differences?: unknown },
): Promise<Record<string, unknown>> {
  return {
    pack: pack.id,
    version: pack.version,
    hash: pack.hash,
    content: storedText(pack).hash,
    reason,
    differences: differences ?? (await sayDifferences(rules, pack, now)),
    ...(activeFrom === undefined ? {} : { activeFrom: isoBeijing(activeFrom) }),
  };
}

const AT_MOST = 19_000;

async function sayDifferences(rules: RuleBook, pack: Pack, now: Instant): Promise<string> {
  const before = await rules.latest(pack.id, now);
  if (before === undefined) return '–';
  const lines = diffPacks(before, pack).map(sayDifference);
  const text = [`${before.version} → ${pack.version}`, ...lines].join('\n');
  return text.length <= AT_MOST ? text : `${text.slice(0, AT_MOST).toWellFormed()}\n… (${lines.length})`;
}
