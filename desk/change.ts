/**
 * The acts by which a case goes on by newer rules. What is received names versions only; what they say is attached when the message
 * is sent, so that an inbox row stays small and whoever carries it on sends the same.
 */
import { calendarForm, rebaseForm } from '../domain/case/rebase-form.ts';
import { readForm, type Facts, type FormProblem } from '../domain/form.ts';
import type { Pack } from '../domain/pack.ts';
import type { Instant } from '../domain/time.ts';
import type { Message } from '../workflows/kit/messages.ts';
import type { RuleBook } from './rule-book.ts';
import { FormError, NotFound } from './types.ts';

export const isChange = (step: string): step is 'rebase' | 'calendar' => step === 'rebase' || step === 'calendar';

/** What a case goes by now. */
export interface Pin {
  readonly id: string;
  readonly hash: string;
  readonly kind: string;
  readonly calendar: { readonly id: string; readonly version: string };
}

export interface Change {
  readonly facts: Facts;
  readonly document: Record<string, unknown>;
}

/** Which versions are meant. @throws FormError with the field that names no version in force */
export async function readChange(
  rules: RuleBook,
  pin: Pin,
  pack: Pack,
  said: { readonly step: 'rebase' | 'calendar'; readonly form: Readonly<Record<string, unknown>> },
  at: Instant,
): Promise<Change> {
  const reading = readForm(said.step === 'rebase' ? rebaseForm : calendarForm, said.form, { role: () => undefined });
  if (!reading.ok) throw new FormError(reading.problems);
  const { facts, document } = reading;
  const named = { version: textOf(document['toVersion']), calendar: textOf(document['calendarVersion']) };
  const neither = named.version === undefined && named.calendar === undefined;
  const to = named.version === undefined && !neither ? pack : await packNamed(rules, pin, pack, named.version, at);
  const moves = named.calendar !== undefined || neither || to.calendarId !== pin.calendar.id;
  const calendar = moves ? await calendarNamed(rules, to.calendarId, named.calendar) : pin.calendar;
  const samePack = to.hash === pin.hash;
  const sameCalendar = calendar.id === pin.calendar.id && calendar.version === pin.calendar.version;
  const nothing = samePack && sameCalendar; // then the case is asked all the same, and says so
  return {
    document,
    facts: {
      ...facts,
      ...(samePack && !(nothing && named.calendar === undefined) ? {} : { packHash: to.hash }),
      ...(sameCalendar && !(nothing && named.calendar !== undefined) ? {} : { calendarId: calendar.id, calendarVersion: calendar.version }),
    },
  };
}

/** The message as the case takes it. @throws NotFound when a version is not stored here */
export async function withContent(rules: Pick<RuleBook, 'pinned' | 'calendar'>, message: Message): Promise<Message> {
  if (!isChange(message.step)) return message;
  const { packHash, calendarId, calendarVersion } = message.facts;
  const pack = packHash === undefined ? undefined : await rules.pinned(String(packHash));
  const calendar = calendarId === undefined ? undefined : await rules.calendar(String(calendarId), String(calendarVersion));
  return {
    ...message,
    change: { ...(pack === undefined ? {} : { rules: pack.rules }), ...(calendar === undefined ? {} : { calendar }) },
  };
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

async function packNamed(rules: RuleBook, { id, kind }: Pin, before: Pack, version: string | undefined, at: Instant): Promise<Pack> {
  const found = await orProblem(version === undefined ? rules.active(id, at).then((r) => r.pack) : rules.approved(id, version, at), {
    path: 'toVersion',
    zh: `制度包 ${id} 没有生效的版本${version === undefined ? '' : ` ${version}`}。`,
    en: `No version${version === undefined ? '' : ` ${version}`} of the pack ${id} is in force.`,
  });
  const workflow = found.kinds[kind]?.workflow;
  if (workflow === before.kinds[kind]?.workflow) return found;
  throw problem({
    path: 'toVersion',
    zh: `版本 ${found.version} 对“${kind}”没有相同的程序。`,
    en: `Version ${found.version} has no procedure, or another one, for cases of the kind ${kind}.`,
  });
}

function calendarNamed(rules: RuleBook, id: string, version: string | undefined) {
  return orProblem(rules.calendar(id, version), {
    path: 'calendarVersion',
    zh: `没有日历 ${id}${version === undefined ? '' : ` 的版本 ${version}`}。`,
    en: `There is no calendar ${id}${version === undefined ? '' : ` of version ${version}`}.`,
  });
}

async function orProblem<T>(found: Promise<T>, what: Omit<FormProblem, 'code'>): Promise<T> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof NotFound) throw problem(what);
    throw error;
  }
}

const problem = (what: Omit<FormProblem, 'code'>): FormError => new FormError([{ ...what, code: 'bad-facts' }]);
