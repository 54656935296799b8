import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { readScenario } from '../../lab/file/read.ts';
import { openLab, type Lab } from '../../lab/lab.ts';
import type { Played } from '../../lab/play/play.ts';
import { runJson } from '../../lab/report/json.ts';
import { storyText } from '../../lab/report/text.ts';

const folder = mkdtempSync(join(tmpdir(), 'redress-lab-'));
let lab: Lab;
beforeAll(async () => {
  lab = await openLab({ databaseUrl: inject('databaseUrl'), temporalAddress: inject('temporalAddress') });
});
afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true });
});

async function play(text: string): Promise<Played> {
  const file = join(folder, `${crypto.randomUUID()}.yaml`);
  writeFileSync(file, text);
  const [story] = readScenario(file);
  if (story === undefined) throw new Error('no story');
  return lab.play(story);
}

const opening = `title: t
pack: s3-cs19
open: { at: 2026-09-18 17:30, as: 资料员, form: { kind: repair, channel: hotline } }
`;

describe.concurrent('a story that is told wrongly does not hold', () => {
  test.for([
    ['a wrong due', 'steps: [{ expect: { due: { survey: 2026-09-21 24:00 } } }]', 'due.survey', '2026-09-20 24:00:00'],
    [
      'a wrong answer that is right',
      'steps: [{ expect: { notDue: { survey: 2026-09-20 24:00 } } }]',
      'notDue.survey',
      '2026-09-20 24:00:00',
    ],
    ['a breach a second early', 'steps: [{ at: 2026-09-20 23:59:58, expect: { breached: [survey] } }]', 'breached survey', 'running'],
    [
      'a limit said to run after its breach',
      'steps: [{ at: 2026-09-21 00:00, expect: { running: [survey] } }]',
      'running survey',
      'breached',
    ],
    [
      'an escalation to somebody else',
      'steps: [{ at: 2026-09-21 00:00, expect: { escalated: { survey: 副总经理 } } }]',
      'escalated.survey',
      'generalManager',
    ],
    [
      'no escalation where there is one',
      'steps: [{ at: 2026-09-21 00:00, expect: { notEscalated: { survey: 总经理 } } }]',
      'notEscalated.survey',
      'serviceManager, generalManager',
    ],
    ['a step that is not open', 'steps: [{ expect: { open: [followUp] } }]', 'open followUp', 'open are'],
    ['a stage it is not in', 'steps: [{ expect: { stage: closed } }]', 'stage', 'survey'],
    [
      'a refusal of what is taken',
      'steps: [{ as: 客户服务部, submit: inviteBuilder, form: { invitedFor: 2026-09-19 10:00 }, refused: wrong-role }]',
      'inviteBuilder',
      'accepted',
    ],
    [
      'another code',
      'steps: [{ as: 资料员, submit: survey, form: { trades: single, signedBy: [客户服务部], responsible: company }, refused: task-closed }]',
      'survey',
      'refused: wrong-role (customerService | caseHandler)',
    ],
    [
      'an act that is refused',
      'steps: [{ as: 客户服务部, submit: followUp, form: { satisfied: true }, expect: { stage: account } }]',
      'followUp',
      'refused: task-not-open (followUp)',
    ],
  ] as const)('%s', async ([, steps, what, found]) => {
    const played = await play(opening + steps);
    expect(played.held).toBe(false);
    const failed = played.steps.flatMap((s) => s.checks).filter((c) => !c.held);
    expect(failed.map((c) => c.what)).toContain(what);
    expect(failed.find((c) => c.what === what)?.found).toContain(found);
    expect(runJson([played])).toMatchObject({ held: false, stories: { held: 0, total: 1 } });
  });

  test('a failed deadline says why', async () => {
    const played = await play(`${opening}steps: [{ expect: { due: { survey: 2026-09-21 24:00 } } }]`);
    const text = storyText(played, { lang: 'zh' });
    expect(text).toContain('应为 2026-09-21 24:00:00; 实为 2026-09-20 24:00:00');
    expect(text).toContain('2026-09-20 周日 调休上班,第 1');
  });

  test('steps after an act that came out otherwise are not played', async () => {
    const played = await play(`${opening}steps:
  - { as: 客户服务部, submit: followUp, form: { satisfied: true } }
  - { expect: { stage: survey } }
  - { expect: { stage: survey } }`);
    expect(played).toMatchObject({ held: false, notPlayed: 2 });
  });

  test('the same story told rightly holds', async () => {
    const played = await play(`${opening}steps: [{ at: 2026-09-21 00:00, expect: { breached: [survey] } }]`);
    expect(played.held, storyText(played, { lang: 'en' })).toBe(true);
  });
});
