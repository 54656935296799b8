/** How a sheet is set: characters, pages, heads, the foot, the same bytes. */
import { expect, test } from 'vitest';
import { setSheet } from '../../../print/kit/pdf.ts';
import { sayDue, sayInstant, sayYuanTwice } from '../../../print/kit/say.ts';
import type { Block, Sheet } from '../../../print/kit/sheet.ts';
import { parseBeijing } from '../../../domain/time.ts';
import { footOf, piecesOf, textOf } from '../../support/pdf-text.ts';

const sheet = (...blocks: Block[]): Sheet => ({
  title: '客户投诉处理表',
  company: '永安置业有限公司',
  source: '客户服务管理程序 3.4.5',
  blocks,
  stamp: { number: 'CS19-2026-000001', seq: 12, hash: 'ab'.repeat(32), at: parseBeijing('2026-09-29 16:00'), issued: false, of: 'case' },
});
const pair = (value: string): Block => ({ kind: 'pairs', pairs: [{ label: '姓名', value, wide: true }] });

test('rare characters of names are printed as they are', async () => {
  const { bytes, missing } = await setSheet(sheet(pair('林𬍡、王㛃、䶮大力')));
  expect(missing).toEqual([]);
  expect(await textOf(bytes)).toContain('林𬍡、王㛃、䶮大力');
});

test('a character that the face lacks is a box, named on the paper and in the answer', async () => {
  const { bytes, missing } = await setSheet(sheet(pair('王\u{E000}\u{10FFFD}')));
  expect(missing).toEqual(['U+E000', 'U+10FFFD']);
  const text = await textOf(bytes);
  expect(text).toContain('王□□');
  expect(text).toContain('U+E000、U+10FFFD');
});

test('what is not seen is not printed, and nothing turns the line round', async () => {
  const { bytes, missing } = await setSheet(sheet(pair('甲\u202E乙\u200B丙\u0007丁')));
  expect([missing, (await textOf(bytes)).includes('甲乙丙丁')]).toEqual([[], true]);
});

test('the head of a long table is repeated, pages are counted, the foot says what the print rests on', async () => {
  const rows = Array.from({ length: 200 }, (_, i) => [String(i + 1), '已办']);
  const pages = await piecesOf((await setSheet(sheet({ kind: 'grid', head: ['序号栏', '事项栏'], widths: [1, 3], rows }))).bytes);
  expect(pages.length).toBeGreaterThan(3);
  pages.forEach((page, at) => {
    expect(page.filter(({ text }) => text === '序号栏')).toHaveLength(1);
    const foot = footOf(page);
    expect(foot).toContain(`第 ${at + 1} 页 共 ${pages.length} 页`);
    expect(foot).toContain('ab'.repeat(32));
    expect(foot).toContain('截至第 12 号记录，2026年9月29日 16:00');
    expect(foot).toContain('redress audit verify --case CS19-2026-000001');
  });
});

test('no line begins with a closing mark or ends with an opening one', async () => {
  const said = '客户反映卫生间漏水，已影响楼下住户；经勘察，（单工种）维修。“水管老化”，须更换！'.repeat(40);
  const lines = (await piecesOf((await setSheet(sheet(pair(said)))).bytes)).flat().map(({ text }) => text);
  expect(lines.length).toBeGreaterThan(20);
  expect(lines.filter((line) => /^[，。；！、）”]|[（“]$/u.test(line))).toEqual([]);
});

test('a word longer than its cell stays within it', async () => {
  const { bytes } = await setSheet(sheet({ kind: 'grid', head: ['甲', '乙'], widths: [1, 4], rows: [['x'.repeat(300), '尾']] }));
  const widest = Math.max(
    ...(await piecesOf(bytes))
      .flat()
      .filter(({ text }) => text.startsWith('xx'))
      .map(({ text }) => text.length),
  );
  expect(widest).toBeLessThan(40);
});

test('the same sheet gives the same bytes', async () => {
  const one = sheet(pair('同'), { kind: 'signatures', signatures: [{ label: '客户' }] });
  const [first, second] = [await setSheet(one), await setSheet(one)];
  expect(first.hash).toBe(second.hash);
  expect(first.bytes.equals(second.bytes)).toBe(true);
});

test('times and amounts are said as on Chinese papers', () => {
  expect(sayInstant(parseBeijing('2026-09-29 16:00'))).toBe('2026年9月29日 16:00');
  expect(sayDue(parseBeijing('2026-10-16 00:00'))).toBe('2026年10月15日 24:00');
  expect(sayYuanTwice(1_230_000)).toBe('12,300.00 元（大写：壹万贰仟叁佰元整）');
});
