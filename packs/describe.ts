/** A pack as plain data for people and programs that write scenarios or clients: money in yuan, forms at their steps. */
import { sayBusinessHours } from '../domain/business-hours.ts';
import type { FormField } from '../domain/form.ts';
import { plainYuan } from '../domain/money.ts';
import type { Pack, PackLimit, Switch } from '../domain/pack.ts';

/** A limit's rule in words: `3 workdays`, `7 days, roll`, `5 period+workdays quarter`, `window 12-01 to 12-31`. */
export function sayRule(limit: PackLimit): string {
  const parts = [
    'n' in limit ? String(limit.n) : '',
    limit.kind,
    'period' in limit ? limit.period : '',
    'day' in limit ? `day ${limit.day}` : '',
    limit.kind === 'window' ? `${limit.opens === undefined ? 'by' : `${limit.opens} to`} ${limit.closes}` : '',
    limit.kind === 'business-hours' ? `of ${sayBusinessHours(limit.business)}` : '',
  ].filter((part) => part !== '');
  return [
    parts.join(' '),
    ...('roll' in limit && limit.roll ? ['roll'] : []),
    ...('close' in limit && limit.close ? [`to close of business of ${sayBusinessHours(limit.close)}`] : []),
    ...(limit.arms === 'receipt' ? ['binds from receipt'] : []),
    ...(limit.startsAt === undefined ? [] : [`starts at ${limit.startsAt}`]),
    ...(limit.onHandOver === undefined ? [] : [`${limit.onHandOver === 'continue' ? 'continues' : 'restarts'} on hand-over`]),
  ].join(', ');
}

export type PackDescription = ReturnType<typeof describePack>;

export function describePack(pack: Pack) {
  const { rules } = pack;
  return {
    id: pack.id,
    version: pack.version,
    hash: pack.hash,
    title: pack.title,
    source: pack.source,
    numberPrefix: pack.numberPrefix,
    calendar: pack.calendarId,
    generalManager: rules.generalManager,
    default: pack.default ?? false,
    coordinator: rules.coordinator,
    coordinatorMayDecide: pack.coordinatorMayDecide ?? [],
    responseLimit: rules.responseLimit ?? null,
    closureLimit: rules.closureLimit ?? null,
    none: pack.none ?? {},
    severities: rules.severities ?? [],
    closeRequires: Object.entries(rules.closeRequires ?? {}).map(([of, what]) => ({
      of,
      what,
      clause: clauseOf(pack, `closeRequires.${of}`),
    })),
    quietHours: rules.quietHours ?? null,
    catchUp: rules.catchUp ?? 'all',
    clauses: pack.clauses ?? {},
    roles: pack.roles,
    kinds: Object.entries(pack.kinds).map(([kind, about]) => ({ kind, ...about })),
    steps: Object.entries(pack.steps).map(([step, { zh, en, form }]) => ({
      step,
      zh,
      en,
      ...rules.steps[step]!,
      form,
      fields: (pack.forms[form]?.fields ?? []).map(describeField),
    })),
    limits: Object.values(rules.limits).map((limit) => ({ ...limit, ...pack.limitLabels[limit.name]!, rule: sayRule(limit) })),
    ladders: Object.entries(rules.ladders).map(([ladder, rungs]) => ({ ladder, rungs, clause: clauseOf(pack, `ladders.${ladder}`) })),
    tiers: Object.entries(rules.tiers).map(([table, { sum, rows }]) => ({
      table,
      sum,
      rows: rows.map(({ upTo, below, ...row }) => ({
        ...row,
        upTo: upTo === undefined ? null : plainYuan(upTo),
        below: below === undefined ? null : plainYuan(below),
      })),
    })),
    chains: Object.entries(rules.chains ?? {}).map(([severity, { mode = 'inOrder', ...chain }]) => ({ severity, mode, ...chain })),
    switches: Object.entries(rules.switches).map(([name, value]) => {
      const about = pack.switchLabels[name]!;
      return { name, value: saySwitch(about.type, value), ...about };
    }),
    schedules: listed(pack.duties?.schedules),
    reports: listed(pack.duties?.reports),
    surveys: listed(pack.duties?.surveys),
    reopenOn: pack.duties?.reopenOn ?? [],
    authorityNotices: listed(pack.duties?.authorityNotices),
    retention: pack.duties?.retention ?? null,
  };
}

function clauseOf(pack: Pack, path: string): string {
  return pack.clauses?.[path] ?? 'proposal';
}

function listed<T extends object>(table: Readonly<Record<string, T>> = {}): (T & { readonly id: string })[] {
  return Object.entries(table).map(([id, one]) => ({ id, ...one }));
}

function describeField({ fact = false, required = false, ...field }: FormField) {
  return { ...field, required, fact };
}

function saySwitch(type: string, value: Switch): Switch {
  return type === 'money' ? plainYuan(Number(value)) : value;
}
