/** What customers read, and what of it would be ours. */
import type { AnyEvent } from '../../domain/case/event.ts';
import type { CustomerSide } from '../../domain/customer/side.ts';
import type { Pack } from '../../domain/pack.ts';

/** What is known inside of a case. */
export interface Inside {
  readonly side: CustomerSide;
  readonly pack: Pack;
  readonly events: readonly AnyEvent[];
}

export interface Shown {
  readonly name: string;
  readonly text: string;
}

/** Every text of an answer, with the name it has. */
export function textsOf(answer: unknown, name = ''): Shown[] {
  if (typeof answer === 'string') return [{ name, text: answer }];
  if (typeof answer !== 'object' || answer === null) return [];
  return Object.entries(answer).flatMap(([key, value]) => textsOf(value, Array.isArray(answer) ? name : key));
}

/** Texts that stand for themselves: the number, instants, and the words of the API. */
const API_WORDS = /^(?:open|closed|received|opinion|consent|recorded|noted|[A-Z0-9]+-\d{4}-\d+|\d{4}-\d\d-\d\dT[\d:.]+\+08:00)$/;
/** Of a problem: its code and what names the request, none of them for people to read. */
const OF_PROGRAMS = new Set(['type', 'code', 'instance', 'traceId', 'path']);
const ENGLISH = new Set(['en', 'titleEn']);

/** What is wrong with a text as customers read it: its language, or what it gives away. @param lang of texts that do not say theirs */
export function faultOf({ name, text }: Shown, inside: Inside, lang: 'zh' | 'en' = 'zh'): string | undefined {
  if (OF_PROGRAMS.has(name) || API_WORDS.test(text)) return undefined;
  const isEnglish = ENGLISH.has(name) || (name !== 'zh' && lang === 'en');
  const isRight = isEnglish
    ? /[a-z]{2}/.test(text) && !/\p{Script=Han}/u.test(text)
    : /\p{Script=Han}/u.test(text) && !/[A-Za-z]/.test(text);
  const fault = isRight ? oursIn(text, inside) : 'not a word for customers';
  return fault === undefined ? undefined : `${name} “${text}”: ${fault}`;
}

/** A role of some procedures, and no secret. */
const CUSTOMER = /^(?:客户|顾客|customer)$/;

/**
 * What is known inside by a name of its own. Of plain words only the whole text counts as a code: `survey` is a word of customers, too. Roles that
 * the file itself makes known, as those who call, are none of it.
 */
function oursIn(text: string, { pack, side, events }: Inside): string | undefined {
  const known = [side.contact, ...Object.values(side.stages).flatMap(({ contact }) => contact ?? [])].flatMap(({ zh, en }) => [zh, en]);
  if (known.includes(text)) return undefined;
  const ids = [
    ...pack.roles.map(({ id }) => id),
    ...[pack.steps, pack.kinds, pack.rules.limits, side.stages].flatMap((named) => Object.keys(named)),
    ...events.flatMap(({ actor, key, kind }) => [actor?.person ?? kind, actor?.role ?? kind, key ?? kind]),
    ...events.flatMap((event) => (event.kind === 'stage-entered' ? [event.data.stage] : [])),
  ];
  const isCode = (id: string): boolean => /[a-z][A-Z]|[.#_]|\d/.test(id);
  const code = ids.find((id) => text === id || (isCode(id) && text.includes(id)));
  if (code !== undefined) return `the code ${code}`;
  const roles = pack.roles.flatMap(({ zh, en }) => [zh, en]).filter((name) => !known.includes(name) && !CUSTOMER.test(name));
  const role = roles.find((name) => text.includes(name));
  if (role !== undefined) return `the role ${role}`;
  if (/\d\.\d\d|元|yuan/.test(text)) return 'an amount';
  if (/[0-9a-f]{16}/.test(text)) return 'a hash';
  return /批准|审批|驳回|退回|approv|reject/i.test(text) ? 'a decision of ours' : undefined;
}
