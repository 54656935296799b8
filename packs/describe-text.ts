/** The description of a pack as text for a terminal. */
import type { PackDescription } from './describe.ts';

/** Sections with one thing a line; ids first, since they are what scenarios and clients write. */
export function describeText(pack: PackDescription): string {
  return [
    `${pack.title.zh} / ${pack.title.en}`,
    `pack ${pack.id} ${pack.version}, hash ${pack.hash}`,
    `source ${pack.source}; case numbers begin with ${pack.numberPrefix}; calendar ${pack.calendar}`,
    `general manager: ${pack.generalManager}; coordinator: ${pack.coordinator.join(', ')}`,
    `response limit: ${pack.responseLimit ?? 'none in the text'}; closure limit: ${pack.closureLimit ?? 'none in the text'}`,
    section(
      'Kinds of case',
      pack.kinds.map((k) => `${k.kind}: ${k.zh} / ${k.en}; opened with form ${k.form}, runs ${k.workflow}`),
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
      pack.ladders.map((l) => `${l.ladder}: ${l.rungs.map(sayRung).join(' -> ')}`),
    ),
    section('Approval tiers (yuan; a bound includes its number)', pack.tiers.flatMap(sayTier)),
    section(
      'Switches',
      pack.switches.map(
        (s) =>
          `${s.name}: ${s.value}${s.type === 'money' ? ' yuan' : ''}${s.options ? ` (of ${s.options.join(', ')})` : ''}; ${s.zh} / ${s.en} (${s.clause})`,
      ),
    ),
  ].join('\n');
}

function section(title: string, lines: readonly string[]): string {
  return `\n${title}\n${lines.map((line) => `  ${line}`).join('\n')}`;
}

function sayStep(step: PackDescription['steps'][number]): string[] {
  const limit = step.limit === undefined ? '' : `; limit ${step.limit}`;
  return [
    `${step.step}: ${step.zh} / ${step.en} (${step.clause}); by ${step.by.join(', ')}${limit}`,
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

function sayRung({ role, afterWorkdays = 0 }: PackDescription['ladders'][number]['rungs'][number]): string {
  return afterWorkdays === 0 ? role : `${role} (${afterWorkdays} working days later)`;
}

function sayTier({ table, sum, rows }: PackDescription['tiers'][number]): string[] {
  const how = sum === 'case' ? 'amounts of a case are summed' : 'each amount by itself';
  return [
    `${table}: ${how}`,
    ...rows.map(
      (row) =>
        `    ${row.upTo === null ? 'above' : `up to ${row.upTo}`}: ${row.chain.map((link) => `${link.act} ${link.role}`).join(', then ')} (${row.clause})`,
    ),
  ];
}
