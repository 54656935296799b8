/** Makes the pack that the rest of the system sees out of the file's content, and seals it with its hash. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/canonical.ts';
import type { FormField } from '../domain/form.ts';
import type { Pack, PackForm, PackRules, PackStep, Rung, Switch, SwitchLabel, TierTable } from '../domain/pack.ts';
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
    title: raw.title,
    source: raw.source,
    numberPrefix: raw.numberPrefix,
    calendarId: raw.calendar,
    kinds: raw.kinds,
    roles: Object.entries(raw.roles).map(([id, role]) => ({ id, ...role })),
    forms: Object.fromEntries(Object.entries(raw.forms).map(([id, form]) => [id, buildForm(id, form)])),
    steps: mapValues(raw.steps, ({ zh, en, form }) => ({ zh, en, form })),
    limitLabels: mapValues(raw.limits, ({ zh, en, source, requirement }) => ({ zh, en, source, requirement })),
    switchLabels: mapValues(raw.switches, buildSwitchLabel),
    rules: buildRules(raw),
  });
}

function buildRules(raw: RawPack): Omit<PackRules, 'hash'> {
  return {
    id: raw.id,
    version: raw.version,
    generalManager: raw.generalManager,
    coordinator: raw.coordinator,
    limits: Object.fromEntries(Object.entries(raw.limits).map(([name, limit]) => [name, buildLimit(name, limit, raw)])),
    ladders: mapValues(raw.ladders, (rungs) => rungs.map((rung): Rung => (typeof rung === 'string' ? { role: rung } : rung))),
    tiers: mapValues(raw.tiers, buildTiers),
    steps: mapValues(raw.steps, ({ by, clause, limit }): PackStep => ({ by, clause, ...(limit === undefined ? {} : { limit }) })),
    switches: mapValues(raw.switches, ({ value, money, role }): Switch => (value ?? money ?? role) as Switch),
    ...(raw.responseLimit === undefined ? {} : { responseLimit: raw.responseLimit }),
    ...(raw.closureLimit === undefined ? {} : { closureLimit: raw.closureLimit }),
  };
}

function buildTiers({ sum, rows }: RawPack['tiers'][string]): TierTable {
  return {
    sum,
    rows: rows.map(({ id, upTo, clause, chain }) => ({
      id,
      clause,
      chain: chain.map((link) => ('review' in link ? { act: 'review', role: link.review } : { act: 'approve', role: link.approve })),
      ...(upTo === undefined ? {} : { upTo }),
    })),
  };
}

function buildForm(id: string, { zh, en, fields }: RawPack['forms'][string]): PackForm {
  return { id, zh, en, fields: fields.map(buildField) };
}

function buildField(field: RawPack['forms'][string]['fields'][number]): FormField {
  const { name, zh, en, type, required, requiredWhen: when, options, fact } = field;
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
