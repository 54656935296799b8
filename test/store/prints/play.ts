/** A story of the kept histories played through the desk, with people who have names. */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Story } from '../../histories/stories.ts';
import { eventually, type Office } from '../support/office.ts';

const DAY = 86_400_000;

const names: Readonly<Record<string, string>> = {
  customerService: '王㛃',
  teamLeader: '䶮大力',
  recordsClerk: '林𬍡',
  serviceManager: '赵敏',
};

const repairForm = {
  channel: 'hotline',
  provisionalEstimate: '800.00',
  customerName: '李四',
  telephone: '13800000000',
  address: '东城小区 3 号楼 2 单元 501',
  summary: '卫生间漏水，已影响楼下住户；望尽快派人查看。',
  phase: 'warranty',
};

/** Plays a story to its end. @param closes waits until the case is closed and its effects are done */
export async function play({ desk, db, owner }: Office, story: Story, closes: boolean): Promise<string> {
  const people = Object.entries(names).map(([id, name]) => ({ id, name }));
  await owner
    .insertInto('person')
    .values(people)
    .onConflict((c) => c.doNothing())
    .execute();
  const form = { ...(story.kind === undefined ? repairForm : {}), ...story.open };
  const { by, ...opening } = story.opening ?? { by: 'recordsClerk', pack: 's3-cs19', kind: story.kind ?? 'repair', form };
  const dated = (daysAgo?: number) => (daysAgo === undefined ? {} : { occurredAt: Date.now() - daysAgo * DAY });
  const opened = await desk.open({ key: randomUUID(), who: { person: by, roles: [by] }, ...opening, ...dated(story.daysAgo) });
  const { number } = opened;
  for (const [role, step, filled, { daysAgo, attached } = {}] of story.steps) {
    const reply = await desk.submit({
      key: randomUUID(),
      who: { person: role, roles: [role] },
      number,
      step,
      form: filled,
      ...(attached === undefined ? {} : { attached }),
      ...dated(daysAgo === undefined ? undefined : daysAgo - 0.01),
    });
    if (reply.status !== 'decided') throw new Error(`${step}: ${JSON.stringify(reply)}`);
  }
  if (closes)
    await eventually(async () => {
      const { status } = await db.selectFrom('case_file').select('status').where('number', '=', number).executeTakeFirstOrThrow();
      return status === 'closed';
    });
  return number;
}

/** What differs from run to run: times, hashes, numbers of cases. */
export const masked = (text: string): string =>
  text
    .replace(/\d{4}年\d{1,2}月\d{1,2}\s*日\s*\d\d:\d\d(:\d\d)?/g, '⟨时间⟩')
    .replace(/[0-9a-f]{16,}(\n[0-9a-f]+)*/g, '⟨散列值⟩')
    .replace(/\b(s3-cs19|cn) \d+(\.\d+)+/g, '$1 ⟨版本⟩')
    .replace(/\b(CS19|TS|CEM|FB)-\d{4}-\d+/g, '⟨编号⟩')
    .replace(/\d{4}-\d\d-\d\d( \d\d:\d\d:\d\d(\.\d+)?)?/g, '⟨日⟩');

/**
 * The lines of the kept text stand in the printed one, in their order; what a pack has gained since (a field left blank) may stand
 * between them. `REDRESS_GOLDEN=write` writes the texts anew.
 */
export function expectGolden(text: string, name: string): void {
  const file = fileURLToPath(new URL(`golden/${name}.txt`, import.meta.url));
  const lines = masked(text).split('\n');
  if (process.env['REDRESS_GOLDEN'] === 'write') writeFileSync(file, `${lines.join('\n')}\n`);
  if (!existsSync(file)) expect.fail(`there is no text of ${name}: run this with REDRESS_GOLDEN=write and look at it`);
  let at = 0;
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const next = lines.indexOf(line, at);
    if (next < 0) expect.fail(`${name}: “${line}” is not where it was; after “${lines[at - 1] ?? ''}” stands “${lines[at] ?? ''}”`);
    at = next + 1;
  }
}
