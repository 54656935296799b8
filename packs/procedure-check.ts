/** Whether a pack has what its procedures name: steps, decisions, limits, tiers, switches, roles, the facts of the forms. */
import type { Pack } from '../domain/pack.ts';
import { checkStarts } from './limit-start-check.ts';
import { sayPath, type PlacedProblem, type Problem } from './problem.ts';
import registry from './procedures.json' with { type: 'json' };
import { unread } from './unread.ts';

interface Names {
  readonly steps: readonly string[];
  /** Steps it has an answer for without asking them: a pack may have them. */
  readonly heard: readonly string[];
  readonly proposals: readonly string[];
  readonly limits: readonly string[];
  readonly tiers: readonly string[];
  readonly switches: readonly string[];
  readonly roles: readonly string[];
  readonly fields: Readonly<Record<string, readonly string[]>>;
  /** By limit: what the procedure reads of where it starts. */
  readonly starts?: Readonly<Record<string, readonly string[]>>;
}

/** Read from the code of kit and procedures; a test holds them together. */
const EVERY_CASE: Names = registry.everyCase;
const PROCEDURES: Readonly<Record<string, Names>> = registry.procedures;

/** Procedures that a pack may name although their code is not there yet. Any other name is a slip. */
const EXPECTED: readonly string[] = ['surveyCampaign'];

/** The procedure exists as code: cases of it can be carried out. */
export const isBuilt = (workflow: string): boolean => Object.hasOwn(PROCEDURES, workflow);

export interface ProcedureFindings {
  readonly problems: readonly PlacedProblem[];
  /** What need not stop anybody: procedures that are not built yet, settings that nothing reads. */
  readonly notes: readonly string[];
}

/** @param file what the pack is called in a problem: its id or its file */
export function checkProcedures(pack: Pack, file: string): ProcedureFindings {
  const workflows = [...new Set(Object.values(pack.kinds).map((kind) => kind.workflow))];
  const built = workflows.filter(isBuilt);
  const unbuilt = workflows.filter((name) => !built.includes(name));
  const used = built.map((name): [string, Names] => [name, PROCEDURES[name]!]);
  const problems = [
    ...misnamed(pack, unbuilt),
    ...used.flatMap(([name, names]) => lacks(pack, name, names)),
    ...(built.length === 0 ? [] : lacks(pack, 'every case', { ...EVERY_CASE, limits: [], switches: [] })),
    ...(unbuilt.length > 0
      ? []
      : strangers(
          pack,
          used.map(([, names]) => names),
        )),
    ...(unbuilt.length > 0
      ? []
      : checkStarts(
          pack,
          used.map(([, { starts = {} }]) => starts),
        )),
  ];
  return {
    problems: problems.map(({ path, wrong, right }) => ({ file, path: sayPath(path), wrong, right })),
    notes: [
      ...unbuilt
        .filter((name) => EXPECTED.includes(name))
        .map((name) => `procedure not built yet: ${name} (${kindsOf(pack, name).join(', ')})`),
      ...unread(pack, used.flatMap(([, names]) => names.switches).concat(EVERY_CASE.switches)),
    ],
  };
}

function misnamed(pack: Pack, unbuilt: readonly string[]): Problem[] {
  const right = `one of: ${[...Object.keys(PROCEDURES), ...EXPECTED.filter((name) => !isBuilt(name))].join(', ')}`;
  return Object.entries(pack.kinds).flatMap(([kind, { workflow }]) =>
    !unbuilt.includes(workflow) || EXPECTED.includes(workflow)
      ? []
      : [{ path: ['kinds', kind, 'workflow'], wrong: `there is no procedure "${workflow}"`, right }],
  );
}

function kindsOf(pack: Pack, workflow: string): string[] {
  return Object.entries(pack.kinds).flatMap(([kind, about]) => (about.workflow === workflow ? [kind] : []));
}

/** What the procedure names and the pack does not have. */
function lacks(pack: Pack, who: string, names: Names): Problem[] {
  const { rules } = pack;
  const missing = (group: string, table: Readonly<Record<string, unknown>>, wanted: readonly string[]): Problem[] =>
    wanted
      .filter((name) => !Object.hasOwn(table, name))
      .map((name) => ({ path: [group, name], wrong: 'is missing', right: `a place in ${group}, since ${who} uses it` }));
  const roles = Object.fromEntries(pack.roles.map((role) => [role.id, role]));
  const limits = names.proposals.length > 0 ? [...names.limits, ...EVERY_CASE.limits] : names.limits;
  return [
    ...missing('steps', rules.steps, [...names.steps, ...decisionSteps(pack, names)]),
    ...missing('limits', rules.limits, limits),
    ...missing('tiers', rules.tiers, names.tiers),
    ...missing('switches', rules.switches, names.switches),
    ...missing('roles', roles, names.roles),
    ...Object.entries(names.fields).flatMap(([step, fields]) => lacksFields(pack, who, step, fields)),
  ];
}

/** A proposal is entered at its own step and decided at one for each act of its tables and chains. */
function decisionSteps({ rules }: Pack, { proposals, tiers }: Names): string[] {
  const links = [
    ...tiers.flatMap((table) => (rules.tiers[table]?.rows ?? []).flatMap((row) => row.chain)),
    ...(tiers.length > 0 ? [] : Object.values(rules.chains ?? {}).flatMap(({ chain }) => chain)),
  ];
  const acts = [...new Set(links.map((link) => link.act))];
  return proposals.flatMap((name) => [name, ...acts.map((act) => `${name}.${act}`)]);
}

/** What an answer is read for must travel to the case: a field of the step's form, marked `fact`. An opening has its kind's form. */
function lacksFields(pack: Pack, who: string, step: string, wanted: readonly string[]): Problem[] {
  const forms =
    step === 'open'
      ? Object.values(pack.kinds).flatMap((kind) => (kind.workflow === who ? [kind.form] : []))
      : [pack.steps[step]?.form ?? ''];
  return [...new Set(forms)].flatMap((form) => {
    const fields = pack.forms[form]?.fields ?? [];
    return wanted.flatMap((name): Problem[] => {
      const index = fields.findIndex((field) => field.name === name);
      if (pack.forms[form] === undefined || (index >= 0 && fields[index]!.fact)) return [];
      const right = `a field ${name} with fact: true, since ${who} decides on it`;
      return index < 0
        ? [{ path: ['forms', form, 'fields'], wrong: `have no ${name}`, right }]
        : [{ path: ['forms', form, 'fields', index], wrong: `is ${name} without fact: true`, right }];
    });
  });
}

/** Steps of the pack that none of its procedures asks. */
function strangers(pack: Pack, used: readonly Names[]): Problem[] {
  const known = new Set([...EVERY_CASE.steps, ...EVERY_CASE.heard, ...used.flatMap((names) => names.steps)]);
  const proposals = used.flatMap((names) => names.proposals);
  return Object.keys(pack.steps)
    .filter((step) => !known.has(step) && !proposals.includes(step.replace(/\.(review|approve)$/, '')))
    .map((step) => ({
      path: ['steps', step],
      wrong: 'no procedure of this pack has such a step',
      right: 'to remove it or to correct its name',
    }));
}
