/** The description of a pack as text for a terminal. */
import type { PackDescription } from './describe.ts';
import { dutyLines, surveyLines } from './describe-duties.ts';

/** Sections with one thing a line; ids first, since they are what scenarios and clients write. Empty ones are left out. */
export function describeText(pack: PackDescription): string {
  return [
    `${pack.title.zh} / ${pack.title.en}`,
    `pack ${pack.id} ${pack.version}${pack.default ? ' (default: takes what names no pack)' : ''}, hash ${pack.hash}`,
    `source ${pack.source}; case numbers begin with ${pack.numberPrefix}; calendar ${pack.calendar}`,
    `general manager: ${pack.generalManager}`,
    `coordinator: ${pack.coordinator.join(', ')}${cited(pack, 'coordinator')}${sayDecisions(pack)}`,
    `response limit: ${pack.responseLimit ?? pack.none.responseLimit ?? 'none in the text'}; closure limit: ${pack.closureLimit ?? pack.none.closureLimit ?? 'none in the text'}`,
    `severities, lowest first: ${pack.severities.join(', ') || 'none'}${cited(pack, 'severities')}`,
    `quiet hours: ${pack.quietHours === null ? 'none' : `${pack.quietHours.from} to ${pack.quietHours.to}`}${cited(pack, 'quietHours')}; after an outage: ${pack.catchUp}${cited(pack, 'catchUp')}`,
    section(
      'Kinds of case',
      pack.kinds.map((k) => `${k.kind}: ${k.zh} / ${k.en}; opened with form ${k.form}, runs ${k.workflow}`),
    ),
    section(
      'Closing requires',
      pack.closeRequires.map(({ of, what, clause }) => `${of}: ${what.join(', ')} (${clause})`),
    ),
    section(
      'Roles (id: names and aliases)',
      pack.roles.map((r) => `${r.id}: ${[r.zh, r.en, ...r.aliases].join(', ')} (${r.clause})`),
    ),
    section('Steps (* required; + decided on by the running case, other fields stay in the document)', pack.steps.flatMap(sayStep)),
    section(
      'Limits',
      pack.limits.map(
        (l) => `${l.name}: ${l.rule}, ${l.hardness}, ladder ${l.ladder}; ${l.zh} / ${l.en} (${l.clause}, ${l.requirement}, ${l.source})`,
      ),
    ),
    section(
      'Ladders',
      pack.ladders.map((l) => `${l.ladder}: ${l.rungs.map(sayRung).join(' -> ')} (${l.clause})`),
    ),
    section('Approval tiers (yuan; "up to" includes its number, "below" does not)', pack.tiers.flatMap(sayTier)),
    section(
      'Approval by severity',
      pack.chains.map(
        (c) => `${c.severity}: ${c.mode === 'all' ? 'all of ' : ''}${sayChain(c.chain, c.mode === 'all' ? ', ' : ', then ')} (${c.clause})`,
      ),
    ),
    section(
      'Switches',
      pack.switches.map(
        (s) =>
          `${s.name}: ${s.value}${s.type === 'money' ? ' yuan' : ''}${s.options ? ` (of ${s.options.join(', ')})` : ''}; ${s.zh} / ${s.en} (${s.clause})`,
      ),
    ),
    ...dutyLines(pack).map(([title, lines]) => section(title, lines)),
    section('Surveys', pack.surveys.flatMap(surveyLines)),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `\n${title}\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

function cited(pack: PackDescription, path: string): string {
  const clause = pack.clauses[path];
  return clause === undefined ? '' : ` (${clause})`;
}

function sayDecisions({ coordinatorMayDecide: steps }: PackDescription): string {
  return steps.length === 0 ? '' : `; decides: ${steps.join(', ')}`;
}

function sayStep(step: PackDescription['steps'][number]): string[] {
  const limit = step.limit === undefined ? '' : `; limit ${step.limit}`;
  const forms = step.requiredForms === undefined ? '' : `; also needs ${step.requiredForms.join(', ')}`;
  return [
    `${step.step}: ${step.zh} / ${step.en} (${step.clause}); by ${step.by.join(', ')}${limit}${forms}`,
    ...step.fields.map((field) => `    ${sayField(field)}`),
  ];
}

function sayField(field: PackDescription['steps'][number]['fields'][number]): string {
  const options = field.options?.map((option) => `${option} (${field.optionLabels?.[option]?.zh ?? option})`).join(' | ');
  const when = field.requiredWhen;
  const condition =
    when === undefined ? '' : `; required when ${when.field} is ${when.equals === undefined ? 'filled' : String(when.equals)}`;
  const marks = `${field.required ? '*' : ''}${field.fact ? '+' : ''}`;
  return `${field.name}${marks}: ${field.type}${options === undefined ? '' : ` ${options}`}; ${field.zh} / ${field.en}${condition}`;
}

/** `serviceManager (2 working days before), generalManager (again every working day)`. */
function sayRung(rung: PackDescription['ladders'][number]['rungs'][number]): string {
  const { role, when, percent, workdays, hours, repeatEveryWorkdays: again, afterWorkdays = 0 } = rung;
  const span = percent !== undefined ? `${percent} %` : workdays !== undefined ? `${workdays} working day(s)` : `${hours} hour(s)`;
  const words = [
    ...(when === undefined ? [] : [percent !== undefined && when === 'before' ? `when ${span} have run` : `${span} ${when}`]),
    ...(afterWorkdays === 0 ? [] : [`${afterWorkdays} working days later`]),
    ...(again === undefined ? [] : [`again every ${again} working day(s)`]),
  ];
  return words.length === 0 ? role : `${role} (${words.join(', ')})`;
}

function sayTier({ table, sum, rows }: PackDescription['tiers'][number]): string[] {
  const how = sum === 'case' ? 'amounts of a case are summed' : 'each amount by itself';
  return [
    `${table}: ${how}`,
    ...rows.map(({ upTo, below, chain, clause }) => {
      const bound = upTo !== null ? `up to ${upTo}` : below !== null ? `below ${below}` : 'above';
      return `    ${bound}: ${sayChain(chain, ', then ')} (${clause})`;
    }),
  ];
}

function sayChain(chain: readonly { readonly act: string; readonly role: string }[], joint: string): string {
  return chain.map(({ act, role }) => `${act} ${role}`).join(joint);
}
