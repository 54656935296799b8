/** Why a promised time is when it is, in one plain sentence of either language. Says nothing of who owes what inside. */
import type { LimitRule } from '../limit.ts';
import type { Label } from '../pack.ts';
import { formatInstant, type Instant } from '../time.ts';

export interface Promised {
  readonly startAt: Instant;
  /** The customer agreed to a later time. */
  readonly extended: boolean;
  /** It was agreed with the customer from the start. */
  readonly agreed: boolean;
  /** Days off of that year are not known yet. */
  readonly provisional: boolean;
}

/** @param rule undefined: the version the case goes by is not at hand */
export function promiseReason(rule: LimitRule | undefined, { startAt, extended, agreed, provisional }: Promised): Label {
  const from = formatInstant(startAt).slice(0, 16); // to the minute
  const { zh, en } = agreed ? AGREED : (rule && span(rule)) || OTHER;
  const later = extended ? LATER : NOTHING;
  const open = provisional ? PROVISIONAL : NOTHING;
  return { zh: `自 ${from} 起,${zh}${later.zh}${open.zh}。`, en: `From ${from} (Beijing): ${en}${later.en}${open.en}.` };
}

const NOTHING: Label = { zh: '', en: '' };
const AGREED: Label = { zh: '按与您约定的时间', en: 'as agreed with you' };
const OTHER: Label = { zh: '按规定期限', en: 'the time that our procedure sets' };
const LATER: Label = { zh: ';已征得您同意延期', en: '; extended with your consent' };
const PROVISIONAL: Label = { zh: ';节假日安排公布后可能调整', en: '; it may change when the public holidays are announced' };

function span(rule: LimitRule): Label | undefined {
  switch (rule.kind) {
    case 'hours':
      return { zh: `${rule.n}小时内,夜间与节假日照计`, en: `within ${many(rule.n, 'hour')}, nights and days off included` };
    case 'business-hours':
      return { zh: `${rule.n}个营业小时内`, en: `within ${many(rule.n, 'hour')} of our opening times` };
    case 'workdays':
      return {
        zh: `${rule.n}个工作日内,当日与周末、节假日不计,调休上班日计入`,
        en: `within ${many(rule.n, 'working day')}, not counting that day, weekends and public holidays`,
      };
    case 'same-workday':
      return { zh: '当日内(休息日顺延至下一工作日)', en: 'the same day, or the next working day if it is a day off' };
    case 'days':
    case 'weeks': {
      const days = rule.kind === 'weeks' ? rule.n * 7 : rule.n;
      const rolled = rule.roll ? { zh: ',末日遇休息日顺延至下一工作日', en: ', to the next working day if it ends on a day off' } : NOTHING;
      return { zh: `${days}天内${rolled.zh}`, en: `within ${many(days, 'day')}${rolled.en}` };
    }
    case 'months':
      return { zh: `${rule.n}个月内`, en: `within ${many(rule.n, 'month')}` };
    default:
      return undefined;
  }
}

const many = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
