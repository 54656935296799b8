/** The report's words in both languages. */
import { labelOf } from '../../domain/case/acts.ts';
import type { Lang } from '../../domain/explain.ts';
import type { Pack } from '../../domain/pack.ts';

const WORDS = {
  held: { zh: '全部符合', en: 'held' },
  failed: { zh: '不符合', en: 'did not hold' },
  expected: { zh: '应为', en: 'expected' },
  found: { zh: '实为', en: 'found' },
  limits: { zh: '时限', en: 'Limits' },
  refused: { zh: '拒绝', en: 'refused' },
  notPlayed: { zh: '未进行的步骤', en: 'steps not played' },
  failure: { zh: '无法进行', en: 'could not be played' },
  stories: { zh: '个故事', en: 'stories' },
  checks: { zh: '项期望', en: 'expectations' },
  breach: { zh: '超时', en: 'limit broken' },
  excused: { zh: '更正:如期', en: 'breach excused' },
  notified: { zh: '告知', en: 'told' },
  escalated: { zh: '升级至', en: 'escalated to' },
  reminded: { zh: '催办', en: 'reminded' },
  told: { zh: '通知', en: 'notice to' },
  recomputed: { zh: '时限重新推算为', en: 'limit reckoned anew, due' },
  rebased: { zh: '改按', en: 'goes on by' },
  moved: { zh: '时限延至', en: 'limit moved to' },
  round: { zh: '进入轮次', en: 'round' },
  closed: { zh: '结案', en: 'closed' },
  late: { zh: '迟', en: 'late by' },
  noticed: { zh: '系统停摆,迟至此时发现,晚', en: 'noticed now, after an outage, later by' },
  'pack-active': { zh: '制度新版本启用', en: 'another version of the pack is in force' },
  'calendar-loaded': { zh: '日历载入新年度', en: 'a year of the calendar is loaded' },
  'outage-begins': { zh: '系统停摆', en: 'nobody works from here' },
  'outage-ends': { zh: '系统恢复', en: 'work is taken up again' },
  effect: { zh: '已办', en: 'done' },
} as const satisfies Record<string, Record<Lang, string>>;

export type Word = keyof typeof WORDS;
export const word = (key: Word, lang: Lang): string => WORDS[key][lang];

/** What people call it; the id where the pack has no label. */
export const stepLabel = (pack: Pack, step: string, lang: Lang): string => labelOf(pack, step)?.[lang] ?? step;
export const limitLabel = (pack: Pack, limit: string, lang: Lang): string => pack.limitLabels[limit]?.[lang] ?? limit;
export const roleLabel = (pack: Pack, role: string, lang: Lang): string => pack.roles.find((r) => r.id === role)?.[lang] ?? role;
