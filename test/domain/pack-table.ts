/** Packs read back as the catalogue writes them, and asked for dates the way the command line does. */
import type { CalendarDays } from '../../domain/calendar.ts';
import { dueOf } from '../../domain/deadline.ts';
import type { Pack } from '../../domain/pack.ts';
import { formatDue, parseBeijing } from '../../domain/time.ts';
import { dueRows } from '../../packs/due.ts';

/** One line a limit, as the catalogue's table has it: name, requirement, rule, hardness, source. */
export function limitLines(pack: Pack): string[] {
  return Object.entries(pack.rules.limits)
    .map(([name, limit]) => {
      const { requirement, source } = pack.limitLabels[name]!;
      const n = 'n' in limit ? `${limit.n} ` : '';
      const period = 'period' in limit ? ` ${limit.period}` : '';
      const roll = 'roll' in limit && limit.roll ? ' roll' : '';
      return `${name},${requirement},${n}${limit.kind}${period}${roll},${limit.hardness},${source}`;
    })
    .toSorted();
}

/** Which date, of which limit, from when, and when it must be: `2026-02-24 24:00:00`. */
export type Dated = readonly [what: string, limit: string, from: string, at: string];

/** The rows with what a shipped pack answers, all through the door of `redress due --batch`. */
export function answered(pack: string, rows: readonly Dated[]): { what: string; at: string; said: string | null }[] {
  const answers = dueRows(rows.map(([, limit, from], i) => ({ id: String(i), pack, limit, from })));
  return rows.map(([what, , , at], i) => ({ what, at, said: answers[i]!.dueAt ?? answers[i]!.error }));
}

/** What a help desk answers that knows Monday to Friday and no notice: the wrong answers of the scenarios. */
export function dueByWeekdays(pack: Pack, limit: string, from: string): string {
  const weekdays: CalendarDays = { id: 'weekdays', version: '1', years: { 2026: { source: 'none', off: [], work: [] } } };
  return formatDue(dueOf(pack.rules.limits[limit]!, parseBeijing(from), weekdays).dueAt);
}

/** What a manager would stumble over: a value without clause, a label in the wrong language, a form or limit that nothing uses. */
export function loose(pack: Pack, { watched, clause }: { watched: readonly string[]; clause: RegExp }): string[] {
  const { rules, roles, steps, forms, kinds } = pack;
  const cited: [string, string][] = [
    ...roles.map((role): [string, string] => [`role ${role.id}`, role.clause]),
    ...Object.entries(rules.limits).map(([name, limit]): [string, string] => [`limit ${name}`, limit.clause]),
    ...Object.entries(rules.steps).map(([name, step]): [string, string] => [`step ${name}`, step.clause]),
    ...Object.entries(pack.switchLabels).map(([name, about]): [string, string] => [`switch ${name}`, about.clause]),
    ...Object.entries(rules.chains ?? {}).map(([name, chain]): [string, string] => [`chain ${name}`, chain.clause]),
    ...Object.entries(pack.clauses ?? {}),
  ];
  const labels: [string, { zh: string; en: string }][] = [
    ...roles.map((role): [string, typeof role] => [`role ${role.id}`, role]),
    ...Object.entries({ ...pack.limitLabels, ...pack.switchLabels, ...steps, ...forms, ...kinds }),
    ...Object.values(forms).flatMap((form) => form.fields.map((field): [string, typeof field] => [`${form.id}.${field.name}`, field])),
    ...Object.values(forms).flatMap((form) =>
      form.fields.flatMap((field) =>
        Object.entries(field.optionLabels ?? {}).map(([option, label]): [string, typeof label] => [`${field.name}=${option}`, label]),
      ),
    ),
  ];
  const used = new Set([...Object.values(steps).map((step) => step.form), ...Object.values(kinds).map((kind) => kind.form)]);
  const bound = new Set([...Object.values(rules.steps).map((step) => step.limit), ...watched]);
  return [
    ...cited
      .filter(([, said]) => said !== 'proposal' && !said.split(', ').every((one) => clause.test(one)))
      .map(([what, said]) => `${what} cites ${said}`),
    ...labels
      .filter(([, { zh, en }]) => !/\p{Script=Han}/u.test(zh) || /\p{Script=Han}/u.test(en))
      .map(([what]) => `${what} is badly named`),
    ...Object.keys(forms)
      .filter((form) => !used.has(form))
      .map((form) => `form ${form} is unused`),
    ...Object.keys(rules.limits)
      .filter((limit) => !bound.has(limit))
      .map((limit) => `limit ${limit} is unused`),
    ...watched.filter((limit) => !Object.hasOwn(rules.limits, limit)).map((limit) => `there is no limit ${limit}`),
  ];
}

/** A severity's chain in words: `approve marketingHead, approve topLeader`. */
export function chain(pack: Pack, severity: string): string | undefined {
  const found = pack.rules.chains?.[severity];
  return found && `${found.mode === 'all' ? 'all: ' : ''}${found.chain.map((link) => `${link.act} ${link.role}`).join(', ')}`;
}

/** Names of the fields that must be filled whatever else is. */
export function required(pack: Pack, form: string): string[] {
  return pack.forms[form]!.fields.filter((field) => field.required).map((field) => field.name);
}
