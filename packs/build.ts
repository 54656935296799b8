/** Makes the pack that the rest of the system sees out of the file's content, and seals it with its hash. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/canonical.ts';
import type { FormField } from '../domain/form.ts';
import type {
  ChainLink,
  Pack,
  PackForm,
  PackRules,
  PackStep,
  QuietHours,
  SeverityChain,
  Switch,
  SwitchLabel,
  TierTable,
} from '../domain/pack.ts';
import type { PackDuties } from '../domain/pack-duties.ts';
import { buildLimit } from './build-limit.ts';
import type { RawPack } from './schema.ts';

type PackContent = Omit<Pack, 'hash' | 'rules'> & { readonly rules: Omit<PackRules, 'hash'> };

/** The pack with its hash: SHA-256, hex, over the canonical form of all of it but the hash. */
export function seal(content: PackContent): Pack {
  const hash = createHash('sha256').update(canonicalJson(content)).digest('hex');
  return { ...content, hash, rules: { ...content.rules, hash } };
}

/** The same pack without its hash, to be changed and sealed again. */
export function unseal(pack: Pack): PackContent {
  const { hash: _pack, rules, ...rest } = pack;
  const { hash: _rules, ...bare } = rules;
  return { ...rest, rules: bare };
}

export function buildPack(raw: RawPack): Pack {
  return seal({
    id: raw.id,
    version: raw.version,
    ...(raw.extends === undefined ? {} : { bases: raw.extends }),
    title: raw.title,
    source: raw.source,
    numberPrefix: raw.numberPrefix,
    calendarId: raw.calendar,
    kinds: mapValues(raw.kinds, ({ by, closure: _, ...kind }) => ({ ...kind, ...(by === undefined ? {} : { by }) })),
    roles: Object.entries(raw.roles).map(([id, role]) => ({ id, ...role })),
    forms: Object.fromEntries(Object.entries(raw.forms).map(([id, form]) => [id, buildForm(id, form)])),
    steps: mapValues(raw.steps, ({ zh, en, form }) => ({ zh, en, form })),
    limitLabels: mapValues(raw.limits, ({ zh, en, source, requirement }) => ({ zh, en, source, requirement })),
    switchLabels: mapValues(raw.switches, buildSwitchLabel),
    rules: buildRules(raw),
    ...buildSaid(raw),
  });
}

/** What no case needs while it runs. */
function buildSaid(raw: RawPack): Pick<Pack, 'default' | 'coordinatorMayDecide' | 'none' | 'clauses' | 'duties'> {
  const { responseLimit: response, closureLimit: closure } = raw;
  const none = {
    ...(typeof response === 'string' ? {} : { responseLimit: response.none }),
    ...(typeof closure === 'string' ? {} : { closureLimit: closure.none }),
  };
  const duties = present<PackDuties>({
    schedules: raw.schedules,
    reports: raw.reports,
    surveys: raw.surveys,
    reopenOn: raw.reopenOn,
    authorityNotices: raw.authorityNotices,
    retention: raw.retention,
  });
  return {
    ...(raw.default ? { default: true as const } : {}),
    ...(raw.coordinator.mayDecide.length === 0 ? {} : { coordinatorMayDecide: raw.coordinator.mayDecide }),
    ...(Object.keys(none).length === 0 ? {} : { none }),
    clauses: clausesOf(raw),
    ...(Object.keys(duties).length === 0 ? {} : { duties }),
  };
}

/** Clauses of the settings that stand in the rules without one. */
function clausesOf({ ladders, closeRequires, coordinator, severities, quietHours, catchUp }: RawPack): Record<string, string> {
  const single = { coordinator, severities, quietHours, catchUp };
  return Object.fromEntries([
    ...Object.entries(ladders).map(([name, { clause }]): [string, string] => [`ladders.${name}`, clause]),
    ...Object.entries(closeRequires).map(([name, { clause }]): [string, string] => [`closeRequires.${name}`, clause]),
    ...Object.entries(single).flatMap(([name, one]): [string, string][] => (one?.clause === undefined ? [] : [[name, one.clause]])),
  ]);
}

function buildRules(raw: RawPack): Omit<PackRules, 'hash'> {
  const wanted = requiredForms(raw);
  return {
    id: raw.id,
    version: raw.version,
    generalManager: raw.generalManager,
    coordinator: raw.coordinator.roles,
    limits: Object.fromEntries(Object.entries(raw.limits).map(([name, limit]) => [name, buildLimit(name, limit, raw)])),
    ladders: mapValues(raw.ladders, ({ rungs }) => rungs),
    tiers: mapValues(raw.tiers, buildTiers),
    steps: mapValues(raw.steps, ({ by, clause, limit, requiredForms, form }): PackStep => ({
      by,
      clause,
      ...(limit === undefined ? {} : { limit }),
      ...(requiredForms === undefined ? {} : { requiredForms }),
      ...(wanted.has(form) ? { form } : {}),
    })),
    switches: mapValues(raw.switches, ({ value, money, role }): Switch => (value ?? money ?? role) as Switch),
    ...(typeof raw.responseLimit === 'string' ? { responseLimit: raw.responseLimit } : {}),
    ...(typeof raw.closureLimit === 'string' ? { closureLimit: raw.closureLimit } : {}),
    ...withoutClosure(raw),
    ...buildCaseRules(raw),
  };
}

/** Forms that must be filed before a step is answered or a case closes. */
function requiredForms({ steps, closeRequires }: RawPack): Set<string> {
  return new Set([
    ...Object.values(steps).flatMap((step) => step.requiredForms ?? []),
    ...Object.values(closeRequires).flatMap(({ documents }) => documents),
  ]);
}

type CaseRules = Pick<PackRules, 'severities' | 'chains' | 'closeRequires' | 'quietHours' | 'catchUp'>;

function buildCaseRules({ severities, chains, closeRequires, quietHours, catchUp }: RawPack): CaseRules {
  return {
    ...(severities === undefined ? {} : { severities: severities.levels }),
    ...(Object.keys(chains).length === 0 ? {} : { chains: mapValues(chains, buildChain) }),
    ...(Object.keys(closeRequires).length === 0
      ? {}
      : { closeRequires: mapValues(closeRequires, ({ steps, documents }) => [...steps, ...documents.map((form) => `document:${form}`)]) }),
    ...(quietHours === undefined ? {} : { quietHours: buildQuiet(quietHours) }),
    ...(catchUp === undefined ? {} : { catchUp: catchUp.value }),
  };
}

function buildQuiet({ from, to, daysOff }: NonNullable<RawPack['quietHours']>): QuietHours {
  return { from, to, ...(daysOff ? { daysOff } : {}) };
}

function buildChain({ clause, mode, chain }: RawPack['chains'][string]): SeverityChain {
  return { clause, ...(mode === 'all' ? { mode } : {}), chain: chain.map(buildLink) };
}

function buildLink(link: RawPack['chains'][string]['chain'][number]): ChainLink {
  return 'review' in link ? { act: 'review', role: link.review } : { act: 'approve', role: link.approve };
}

function withoutClosure({ kinds }: RawPack): Pick<PackRules, 'withoutClosure'> {
  const without = Object.entries(kinds).flatMap(([kind, { closure }]) => (closure === 'none' ? [kind] : []));
  return without.length === 0 ? {} : { withoutClosure: without };
}

function buildTiers({ sum, rows }: RawPack['tiers'][string]): TierTable {
  return {
    sum,
    rows: rows.map(({ id, upTo, below, clause, chain }) => ({
      id,
      clause,
      chain: chain.map(buildLink),
      ...(upTo === undefined ? {} : { upTo }),
      ...(below === undefined ? {} : { below }),
    })),
  };
}

function buildForm(id: string, { zh, en, fields }: RawPack['forms'][string]): PackForm {
  return { id, zh, en, fields: fields.map(buildField) };
}

function buildField(field: RawPack['forms'][string]['fields'][number]): FormField {
  const { name, zh, en, type, required, requiredWhen: when, options, fact, past } = field;
  return {
    name,
    zh,
    en,
    type,
    ...(required === undefined ? {} : { required }),
    ...(when === undefined ? {} : { requiredWhen: { field: when.field, ...(when.equals === undefined ? {} : { equals: when.equals }) } }),
    ...(options === undefined
      ? {}
      : { options: Object.keys(options), optionLabels: mapValues(options, ([optionZh, optionEn]) => ({ zh: optionZh, en: optionEn })) }),
    ...(fact === undefined ? {} : { fact }),
    ...(past === undefined ? {} : { past }),
  };
}

function buildSwitchLabel({ zh, en, clause, value, money, role, options }: RawPack['switches'][string]): SwitchLabel {
  const plain = typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : options ? 'choice' : 'text';
  const type = money !== undefined ? 'money' : role !== undefined ? 'role' : plain;
  return { zh, en, clause, type, ...(options === undefined ? {} : { options }) };
}

function mapValues<V, W>(record: Readonly<Record<string, V>>, change: (value: V) => W): Record<string, W> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

/** Without the keys that have no value. */
function present<T extends object>(given: { readonly [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as T;
}
