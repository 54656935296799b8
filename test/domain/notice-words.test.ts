/** Every notice can be told in both languages, and says how long the promise still runs. */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { TOLD } from '../../domain/case/told-words.ts';
import { parseBeijing } from '../../domain/time.ts';
import { sayRemaining } from '../../notices/remaining.ts';
import { wordsOf } from '../../notices/words.ts';
import { loadPack } from '../../packs/load.ts';

const root = join(import.meta.dirname, '../..');
/** Kinds as the code writes them: those of the record's events, and those that rows of their own are written with. */
const record = readFileSync(join(root, 'db/notices.ts'), 'utf8');
const events = [...record.matchAll(/case '([a-z-]+)':/g)].map(([, kind]) => kind!);
const renamed = [...record.matchAll(/kind: '([a-z]+)'/g)].map(([, kind]) => kind!);
const rows = globSync('db/*.ts', { cwd: root })
  .map((path) => readFileSync(join(root, path), 'utf8'))
  .flatMap((text) => [...text.matchAll(/insert into outbox[\s\S]{0,400}?'([a-z]+)', (?:\$|')/g)].map(([, kind]) => kind!));
const kinds = [...new Set([...events.filter((kind) => kind !== 'clock-excused'), ...renamed, ...rows, 'passed', 'customer'])];
const pack = loadPack('s3-cs19');
const at = parseBeijing('2026-03-10 10:00');
const told = (kind: string, lang: 'zh' | 'en', body: Record<string, unknown> = {}) =>
  wordsOf(
    { number: 'CS19-2026-000001', kind, recipients: ['customerService'], body, step: 'survey', dueAt: at + 26 * 3_600_000, open: true },
    pack,
    lang,
    at,
  );

test('the kinds are those that are written', () => {
  expect(kinds).toEqual(
    expect.arrayContaining([
      'told',
      'warned',
      'notified',
      'escalated',
      'digested',
      'reminded',
      'nudged',
      'corrected',
      'assigned',
      'passed',
      'customer',
    ]),
  );
});

describe.each(kinds)('%s', (kind) => {
  test('in Chinese and in English', () => {
    const [zh, en] = [told(kind, 'zh'), told(kind, 'en')];
    expect(zh.title).toMatch(/^\p{Script=Han}[^A-Za-z]* · CS19-2026-000001$/u);
    expect(en.title).toMatch(/^[A-Z][a-z][\x20-\x7e]* · CS19-2026-000001$/);
    expect(zh.lines).toEqual(['环节:现场勘察', '到期:2026-03-11 12:00:00', '时限尚余:1天2小时', '岗位:客户服务部']);
    expect(en.lines).toEqual(['Step: joint survey', 'Due: 2026-03-11 12:00:00', 'Time left: 1 d 2 h', 'Role: customer service department']);
  });
});

test.each(Object.keys(TOLD))('%s is told in words, not by its id', (what) => {
  for (const lang of ['zh', 'en'] as const)
    expect(told('told', lang, { what }).lines).toContain(`${lang === 'zh' ? '事由:' : 'About: '}${TOLD[what]![lang]}`);
  expect(TOLD[what]!.zh).toMatch(/^\p{Script=Han}+$/u);
});

test('what is done is not said to run, what has run out says by how much', () => {
  const done = wordsOf(
    { number: 'N', kind: 'nudged', recipients: ['person:p'], body: { task: 'survey#1' }, dueAt: at, open: false },
    pack,
    'zh',
    at,
  );
  expect(done.lines).toEqual(['环节:现场勘察', '到期:2026-03-10 10:00:00']);
  const minute = 60_000;
  expect([0, 59, 60, 61, 24 * 60 - 1, 24 * 60, 50 * 60].map((m) => sayRemaining(m * minute, 'zh'))).toEqual([
    '0分钟',
    '59分钟',
    '1小时0分钟',
    '1小时1分钟',
    '23小时59分钟',
    '1天0小时',
    '2天2小时',
  ]);
  expect([sayRemaining(-90 * minute, 'zh'), sayRemaining(-90 * minute, 'en')]).toEqual(['已超1小时30分钟', 'none, 1 h 30 min over']);
});
