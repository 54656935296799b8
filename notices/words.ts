/** What people read of a notice: numbers, steps and times; no name, no wording, nothing personal. Pure. */
import { TOLD } from '../domain/case/told-words.ts';
import type { Pack } from '../domain/pack.ts';
import { formatInstant, type Instant } from '../domain/time.ts';
import { sayRemaining } from './remaining.ts';

export interface NoticeToTell {
  readonly number: string;
  readonly kind: string;
  /** Roles it goes to, and `person:<id>`, of whom nothing is said. */
  readonly recipients: readonly string[];
  readonly body: Readonly<Record<string, unknown>>;
  /** The step of the case that it is about, and when its promise runs out; null = none. */
  readonly step?: string | null;
  readonly dueAt?: Instant | null;
  /** Whether somebody owes it still: then how long the promise runs is said, too. */
  readonly open?: boolean | null;
}

type Lang = 'zh' | 'en';

/** Every kind that the record, the registers or the customer's side write; the record's own are those of `noticesOf`. */
const TITLES: Readonly<Record<string, Readonly<Record<Lang, string>>>> = {
  warned: { zh: '即将到期', en: 'Falls due soon' },
  notified: { zh: '已超时', en: 'Overdue' },
  escalated: { zh: '已超时,升级至您', en: 'Overdue, escalated to you' },
  digested: { zh: '系统中断期间超时', en: 'Overdue during an outage' },
  reminded: { zh: '待办提醒', en: 'Still waiting for you' },
  nudged: { zh: '催办', en: 'You are asked to get on with it' },
  assigned: { zh: '已派给您', en: 'Assigned to you' },
  corrected: { zh: '超时更正', en: 'Was in time after all' },
  passed: { zh: '转来一条登记', en: 'An entry was passed to you' },
  customer: { zh: '客户留言', en: 'The customer has said something' },
  told: { zh: '通知', en: 'Notice' },
  veiled: { zh: '有事待查看', en: 'There is something to look at' },
};

/** Title and lines. A kind or name that is not known is shown as it is. */
export function wordsOf(
  { number, kind, recipients, body, step: about, dueAt, open }: NoticeToTell,
  pack: Pack | undefined,
  lang: Lang,
  at: Instant,
): { title: string; lines: string[] } {
  const title = `${TITLES[kind]?.[lang] ?? kind} · ${number}`;
  const named = (of: { readonly zh: string; readonly en: string } | undefined, id: string): string => of?.[lang] ?? id;
  const limit = text(body['limit']) ?? text(body['clock'])?.split('#')[0];
  const step = text(body['task'])?.split('#')[0] ?? about ?? undefined;
  const what = text(body['what']);
  const due = typeof body['dueAt'] === 'number' ? body['dueAt'] : (dueAt ?? undefined);
  const roles = recipients
    .filter((recipient) => !recipient.startsWith('person:'))
    .map((role) => named(pack?.roles.find(({ id }) => id === role), role)); // prettier-ignore
  const say = (zh: string, en: string, value: string | undefined): string[] =>
    value === undefined ? [] : [`${lang === 'zh' ? zh : en}${value}`];
  return {
    title,
    lines: [
      ...say('时限:', 'Limit: ', limit === undefined ? undefined : named(pack?.limitLabels[limit], limit)),
      ...say('环节:', 'Step: ', step === undefined ? undefined : named(pack?.steps[step], step)),
      ...say('事由:', 'About: ', what === undefined ? undefined : named(TOLD[what] ?? pack?.steps[what], what)),
      ...say('到期:', 'Due: ', due === undefined ? undefined : formatInstant(due)),
      ...say('时限尚余:', 'Time left: ', due === undefined || open !== true ? undefined : sayRemaining(due - at, lang)),
      ...say('岗位:', 'Role: ', roles.length === 0 ? undefined : roles.join(lang === 'zh' ? '、' : ', ')),
    ],
  };
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
