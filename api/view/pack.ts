/** A pack as its readers see it. */
import { actorsOf, labelOf } from '../../domain/case/acts.ts';
import type { FormField } from '../../domain/form.ts';
import type { PackVersionRow } from '../../db/read/packs.ts';
import type { Pack, PackForm, PackLimit } from '../../domain/pack.ts';
import { iso, isoOfDate } from './instants.ts';

export function packSummaryView({ id, version, hash, title }: Pack) {
  return { id, version, hash, zh: title.zh, en: title.en };
}

/** @param inForce hash of the version in force, if any */
export function packVersionView(row: PackVersionRow, inForce: string | undefined, now: number) {
  const from = row.active_from?.getTime() ?? 0;
  const approved = row.hash === inForce ? ('active' as const) : from > now ? ('scheduled' as const) : ('superseded' as const);
  return {
    version: row.version,
    hash: row.hash,
    standing: row.status === 'active' ? approved : row.status,
    activeFrom: from === 0 ? null : iso(from),
    withdrawnAt: isoOfDate(row.withdrawn_at),
    reason: row.reason,
    case: row.case_number,
    createdAt: iso(row.created_at.getTime()),
  };
}

export function packView(pack: Pack) {
  const { rules } = pack;
  return {
    ...packSummaryView(pack),
    source: pack.source,
    calendar: pack.calendarId,
    generalManager: rules.generalManager,
    coordinator: [...rules.coordinator],
    kinds: Object.entries(pack.kinds).map(([id, { zh, en, form }]) => ({ id, zh, en, form })),
    roles: pack.roles.map(({ id, zh, en, clause, aliases }) => ({ id, zh, en, clause, aliases: [...aliases] })),
    steps: Object.keys(pack.steps).map((id) => stepView(id, pack)),
    forms: Object.values(pack.forms).map(formView),
    limits: Object.values(rules.limits).map((limit) => limitView(limit, pack)),
    ladders: Object.fromEntries(Object.entries(rules.ladders).map(([id, rungs]) => [id, rungs.map((r) => ({ ...r }))])),
    tiers: Object.fromEntries(Object.entries(rules.tiers).map(([id, { sum, rows }]) => [id, { sum, rows: rows.map((r) => ({ ...r })) }])),
    switches: Object.entries(pack.switchLabels).map(([id, s]) => ({
      id,
      zh: s.zh,
      en: s.en,
      value: rules.switches[id] ?? '',
      type: s.type,
      clause: s.clause,
      options: [...(s.options ?? [])],
    })),
  };
}

export function stepView(id: string, pack: Pack) {
  const rule = pack.rules.steps[id];
  const { zh, en } = labelOf(pack, id) ?? { zh: id, en: id };
  const form = pack.steps[id]?.form ?? '';
  return { id, zh, en, form, clause: rule?.clause ?? '', by: [...actorsOf(id, pack.rules)], limit: rule?.limit ?? null };
}

export function formView({ id, zh, en, fields }: PackForm) {
  return { id, zh, en, fields: fields.map(fieldView) };
}

function fieldView(field: FormField) {
  const { name, zh, en, type, required = false, requiredWhen, options = [], optionLabels = {} } = field;
  return {
    name,
    zh,
    en,
    type,
    required,
    requiredWhen: requiredWhen === undefined ? null : { ...requiredWhen },
    options: options.map((value) => ({ value, zh: optionLabels[value]?.zh ?? value, en: optionLabels[value]?.en ?? value })),
  };
}

function limitView(limit: PackLimit, pack: Pack) {
  const { name, hardness, ladder, clause, ...rule } = limit;
  const { zh = name, en = name, source = 'text', requirement = '' } = pack.limitLabels[name] ?? {};
  return { id: name, zh, en, hardness, ladder, clause, source, requirement, rule };
}
