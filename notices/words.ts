/** What people read of a notice: numbers, steps and times; no name, no wording, nothing personal. Pure. */
import { NOTICE_TITLES, TOLD } from '../domain/case/told-words.ts';
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

/** Title and lines. A kind or name that is not known is shown as it is. */
export function wordsOf(
  { number, kind, recipients, body, step: about, dueAt, open }: NoticeToTell,
  pack: Pack | undefined,
  lang: Lang,
  at: Instant,
): { title: string; lines: string[] } {
  const title = `${NOTICE_TITLES[kind]?.[lang] ?? kind} · ${number}`;
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
