import { describe, expect, test } from 'vitest';
import { checkDating, daysBeyondBound, supervisors } from '../../domain/case/dating.ts';
import { parseBeijing } from '../../domain/time.ts';
import { loadPack } from '../../packs/load.ts';
import { withSettings } from '../../packs/settings.ts';

const { rules } = withSettings(loadPack('s3-cs19'), { occurredAtBackDays: 5 });
const dated = (occurredAt: string, receivedAt: string) => ({ occurredAt: parseBeijing(occurredAt), receivedAt: parseBeijing(receivedAt) });

describe('how far back a fact may be dated', () => {
  test.for([
    ['2026-03-12 00:00', '2026-03-17 23:59', 0],
    ['2026-03-12 23:59', '2026-03-18 00:00', 1],
    ['2026-03-11 24:00', '2026-03-17 23:59', 0],
    ['2025-12-31 23:59', '2026-01-06 00:00', 1],
    ['2026-03-01 09:00', '2026-03-17 09:00', 11],
  ] as const)('%s received %s is %i days beyond five', ([occurredAt, receivedAt, beyond]) => {
    expect(daysBeyondBound(dated(occurredAt, receivedAt), rules)).toBe(beyond);
  });

  test('without a bound, or told by an import, nothing is too far', () => {
    const long = dated('2020-01-01 00:00', '2026-03-17 09:00');
    expect(checkDating(long, loadPack('s3-cs19').rules, ['teamLeader'])).toBeUndefined();
    expect(checkDating({ ...long, past: true }, rules, ['teamLeader'])).toBeUndefined();
  });

  test('the refusal names the bound and who may', () => {
    expect(checkDating(dated('2026-03-01 09:00', '2026-03-17 09:00'), rules, ['teamLeader'])).toEqual({
      code: 'dated-too-far-back',
      detail: '5 d; serviceManager | generalManager',
    });
  });

  test('a supervisor may, but nobody dates into the future', () => {
    expect(checkDating(dated('2026-03-01 09:00', '2026-03-17 09:00'), rules, ['serviceManager'])).toBeUndefined();
    expect(checkDating(dated('2026-03-17 09:00:01', '2026-03-17 09:00'), rules, ['generalManager'])).toMatchObject({
      code: 'occurred-in-future',
    });
  });

  test('without a switch the head of the coordinators is the supervisor', () => {
    const { occurredAtSupervisor: _, ...switches } = rules.switches;
    expect(supervisors({ ...rules, switches, coordinator: ['customerService', 'serviceManager'] })).toEqual([
      'serviceManager',
      'generalManager',
    ]);
    expect(supervisors({ ...rules, switches, coordinator: ['customerService'] })).toEqual(['generalManager']);
  });
});
