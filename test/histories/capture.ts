/**
 * Captures the histories that the replay gate keeps: every story, played through the real desk on servers of its own.
 * Run by hand when a branch is added (`node test/histories/capture.ts`); what is kept is not captured again, because an
 * old history that still replays is the point.
 */
import { existsSync, writeFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { growCalendar } from '../../db/calendars.ts';
import { fullCalendar } from '../support/calendars.ts';
import { putIntoForce, surveyWithin } from '../support/versions.ts';
import { setStage, type Stage } from '../bench/stage.ts';
import { closingStories } from './closing-stories.ts';
import { keptFile } from './kept.ts';
import { cementStories } from './cement-stories.ts';
import { outletStories } from './outlet-stories.ts';
import { evaluationStories } from './evaluation-stories.ts';
import { feedbackStories } from './feedback-stories.ts';
import { packStories } from './pack-stories.ts';
import { serviceControlStories } from './service-control-stories.ts';
import { standardStories } from './standard-stories.ts';
import { stories, type Story } from './stories.ts';

const DAY_MS = 86_400_000;

const wanted = [...stories, ...packStories, ...serviceControlStories, ...cementStories, ...standardStories, ...feedbackStories, ...outletStories, ...closingStories, ...evaluationStories].filter((story) => !existsSync(keptFile(story.name)));
if (wanted.length > 0) {
  const stage = await setStage();
  try {
    for (const story of wanted) {
      const number = await play(stage, story);
      const history = await stage.client.workflow.getHandle(number).fetchHistory();
      writeFileSync(keptFile(story.name), historyToJSON(history));
      console.log(`${story.name}: ${history.events?.length} events`);
    }
  } finally {
    await stage.close();
  }
}
process.exit(0);

async function play({ desk, client, db }: Stage, story: Story): Promise<string> {
  const who = (role: string, person = role) => ({ person, roles: [role] });
  const dated = (daysAgo?: number) => (daysAgo === undefined ? {} : { occurredAt: Date.now() - daysAgo * DAY_MS });
  const known: Record<string, Record<string, string>> = { repair: { channel: 'hotline', provisionalEstimate: '800.00' }, other: { channel: 'hotline' } };
  const form = { ...known[story.kind ?? 'repair'], ...story.open };
  const { by, ...opening } = story.opening ?? { by: 'recordsClerk', pack: 's3-cs19', kind: story.kind ?? 'repair', form };
  if (story.inForce) await putIntoForce(db, story.inForce);
  const opened = await desk.open({ key: randomUUID(), who: who(by), ...opening, ...dated(story.daysAgo) });
  const { number } = opened;
  if (story.newer) {
    await putIntoForce(db, surveyWithin('90.0.0', 4));
    await growCalendar(db, 'cn', { person: 'admin', at: Date.now() }, () => fullCalendar(3));
  }
  for (const [role, step, facts, { async, daysAgo, attached, person } = {}] of story.steps) {
    const key = randomUUID();
    const reply = await desk.submit({ key, who: who(role, person), number, step, form: facts, ...(async ? { async } : {}), ...(attached === undefined ? {} : { attached }), ...dated(daysAgo === undefined ? undefined : daysAgo - 0.01) });
    if (reply.status === 'refused') throw new Error(`${story.name}, ${step}: ${reply.code} ${reply.detail ?? ''}`);
    while (async && (await desk.statusOf(key))?.status !== 'decided') await pause(20);
  }
  if (story.cancel) await client.workflow.getHandle(number).cancel();
  await pause(400); // effects, recorder
  await db.selectFrom('case_file').select('seq').where('number', '=', number).executeTakeFirstOrThrow();
  return number;
}
