/** What a pack says about cases as a whole goes together: classes, chains, closing conditions, the coordinator's decisions. */
import { checkChain } from './chain-check.ts';
import { known } from './known.ts';
import type { Problem } from './problem.ts';
import type { RawPack } from './schema.ts';

export function checkCaseSettings(pack: RawPack): Problem[] {
  return [...checkSeverities(pack), ...checkChains(pack), ...checkClosing(pack), ...checkCoordinator(pack)];
}

function checkSeverities({ severities }: RawPack): Problem[] {
  const levels = severities?.levels ?? [];
  return levels.flatMap((level, i) =>
    levels.indexOf(level) === i
      ? []
      : [{ path: ['severities', 'levels', i], wrong: `"${level}" stands there twice`, right: 'each severity once, the lowest first' }],
  );
}

function checkChains(pack: RawPack): Problem[] {
  const levels = pack.severities?.levels ?? [];
  return Object.entries(pack.chains).flatMap(([severity, { mode, chain }]) => {
    const path = ['chains', severity];
    const problems = checkChain(pack, chain, [...path, 'chain']);
    if (!levels.includes(severity)) {
      const right = levels.length === 0 ? 'severities: { levels: [...], clause: … } in the pack' : `one of: ${levels.join(', ')}`;
      problems.push({ path, wrong: `there is no severity "${severity}"`, right });
    }
    if (mode === 'all' && chain.some((link) => 'review' in link)) {
      problems.push({ path: [...path, 'mode'], wrong: 'is all, but the chain has a review', right: 'approvals only, or mode: inOrder' });
    }
    return problems;
  });
}

function checkClosing(pack: RawPack): Problem[] {
  const levels = pack.severities?.levels ?? [];
  return Object.entries(pack.closeRequires).flatMap(([name, { steps, documents }]) => {
    const path = ['closeRequires', name];
    const problems = [
      ...steps.flatMap((step, i) => known(pack.steps, step, [...path, 'steps', i], 'step')),
      ...documents.flatMap((form, i) => known(pack.forms, form, [...path, 'documents', i], 'form')),
    ];
    if (!Object.hasOwn(pack.kinds, name) && !levels.includes(name)) {
      problems.push({
        path,
        wrong: `there is no kind of case and no severity "${name}"`,
        right: `one of: ${[...Object.keys(pack.kinds), ...levels].join(', ')}`,
      });
    }
    if (steps.length + documents.length === 0) {
      problems.push({ path, wrong: 'requires nothing', right: 'steps: [...] or documents: [...], or to leave it out' });
    }
    return problems;
  });
}

/** A decision is the coordinator's only if one of the coordinator's roles may answer the step. */
function checkCoordinator(pack: RawPack): Problem[] {
  const { roles, mayDecide } = pack.coordinator;
  return mayDecide.flatMap((step, i) => {
    const path = ['coordinator', 'mayDecide', i];
    const by = pack.steps[step]?.by;
    if (by === undefined) return known(pack.steps, step, path, 'step');
    if (by.some((role) => roles.includes(role))) return [];
    return [{ path, wrong: `${step} is answered by ${by.join(', ')}`, right: `a step that one of ${roles.join(', ')} may answer` }];
  });
}
