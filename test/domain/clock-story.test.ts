import { describe, expect, test } from 'vitest';
import { clockStory } from '../../domain/case/clock-story.ts';
import type { AnyEvent, EventData, EventKind } from '../../domain/case/event.ts';
import { tellings } from '../../domain/case/told.ts';
import { parseBeijing } from '../../domain/time.ts';
import { loadCalendar, loadPack } from '../../packs/load.ts';

const at = parseBeijing;
const { rules } = loadPack('s3-cs19');
const clock = 'departmentFeedback#1';
const limit = 'departmentFeedback';
const dueAt = at('2026-03-18 24:00');
let seq = 0;
const event = <K extends EventKind>(kind: K, occurredAt: string, recordedAt: string, data: EventData[K]): AnyEvent =>
  ({ seq: ++seq, kind, occurredAt: at(occurredAt), recordedAt: at(recordedAt), data }) as AnyEvent;

const started = event('clock-started', '2026-03-13 10:00', '2026-03-13 10:00', {
  ...{ clock, limit, hardness: 'hard', ladder: 'case', startAt: at('2026-03-13 10:00'), dueAt, provisional: false },
});
const breached = event('clock-breached', '2026-03-18 24:00', '2026-03-19 09:00', { clock, limit, dueAt, rungs: [] });
const escalated = event('escalated', '2026-03-18 24:00', '2026-03-19 09:00', { clock, limit, role: 'generalManager', rung: 1, dueAt });
const excused = event('clock-excused', '2026-03-18 21:00', '2026-03-19 09:05', { clock, tell: ['generalManager'] });
const names = { limit: '责任部门反馈', role: (id: string) => (id === 'generalManager' ? '总经理' : id) };
const story = (events: readonly AnyEvent[], lang: 'zh' | 'en') =>
  clockStory(clock, events, rules.limits[limit]!, loadCalendar('cn'), names, lang);

describe('what has become of a deadline', () => {
  test('an outage and a late entry are told as such, in Chinese', () => {
    expect(story([started, breached, escalated, excused], 'zh').slice(-4)).toEqual([
      '到期:2026-03-18 24:00:00',
      '超时:2026-03-18 24:00:00,系统停摆,2026-03-19 09:00:00 始记录(晚 9h)',
      '2026-03-19 09:00:00 升级至 总经理',
      '更正:实于 2026-03-18 21:00:00,未逾期,超时予以更正(2026-03-19 09:05:00 补录)',
    ]);
  });

  test('and in English', () => {
    expect(story([started, breached, escalated, excused], 'en').slice(-3)).toEqual([
      'broken: 2026-03-18 24:00:00, noticed at 2026-03-19 09:00:00 after an outage (9h later)',
      '2026-03-19 09:00:00 escalated to 总经理',
      'excused: it was done at 2026-03-18 21:00:00, in time (entered at 2026-03-19 09:05:00)',
    ]);
  });

  test('from the record of an earlier instant it is what was known then', () => {
    expect(story([started], 'en').at(-1)).toBe('due: 2026-03-18 24:00:00');
    expect(story([], 'en')).toEqual([]);
  });

  test('a breach noticed at once is no outage; what is entered at once is not called late', () => {
    const prompt = event('clock-breached', '2026-03-18 24:00', '2026-03-19 00:00:01', { clock, limit, dueAt, rungs: [] });
    const late = event('clock-late', '2026-03-19 09:00', '2026-03-19 09:00', { clock, lateBy: 9 * 3_600_000 });
    expect(story([started, prompt, late], 'en').slice(-2)).toEqual([
      'broken: 2026-03-18 24:00:00',
      'late: 2026-03-19 09:00:00, by 9h; the breach stands',
    ]);
  });

  test('a start that was entered when it was due already is no outage either', () => {
    const entered = { ...started, recordedAt: at('2026-03-20 09:00') } as AnyEvent;
    const broken = { ...breached, recordedAt: at('2026-03-20 09:00') } as AnyEvent;
    expect(story([entered, broken], 'en').at(-1)).toBe('broken: 2026-03-18 24:00:00');
  });

  test('an extension shows both dues and the consent; other clocks are left out', () => {
    const moved = event('clock-moved', '2026-03-17 10:00', '2026-03-17 10:00', {
      ...{ clock, from: dueAt, to: at('2026-03-20 24:00'), consentAt: at('2026-03-17 09:30') },
    });
    const other = event('clock-met', '2026-03-14 10:00', '2026-03-14 10:00', { clock: 'survey#1' });
    expect(story([started, other, moved], 'en').at(-1)).toBe(
      'moved from 2026-03-18 24:00:00 to 2026-03-20 24:00:00, the customer consented at 2026-03-17 09:30:00',
    );
    expect(story([started, other], 'en').join()).not.toContain('kept');
  });

  test('a due that was set, not reckoned, says so', () => {
    const set = { ...started, data: { ...(started.data as EventData['clock-started']), dueAt: at('2026-03-25 24:00') } } as AnyEvent;
    expect(story([set], 'en').at(-1)).toBe('set to 2026-03-25 24:00:00 by an extension');
    // Its rule's days did not lead there: the head alone stands before it.
    expect(story([set], 'en')).toEqual([story([started], 'en')[0], 'set to 2026-03-25 24:00:00 by an extension']);
  });

  test('who was told, and when', () => {
    expect(tellings([started, breached, escalated, excused])).toEqual([
      { at: at('2026-03-19 09:00'), kind: 'escalated', roles: ['generalManager'], clock },
      { at: at('2026-03-19 09:05'), kind: 'clock-excused', roles: ['generalManager'], clock },
    ]);
  });
});
