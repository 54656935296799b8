/** The convention of the tags, and what a trace makes of a small project. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { saidIn } from '../../trace/said.ts';
import { idsOfCode, tagsIn, tagsOfTests } from '../../trace/tags.ts';
import { trace } from '../../trace/trace.ts';

/** Tags are put together here, so that this file tags nothing itself. */
const tag = (...ids: string[]): string => `[${ids.join(' ')}]`;

describe('tags', () => {
  test('one or several ids in one pair of brackets, nothing else', () => {
    expect(tagsIn(`a ${tag('CS19.D1')} b ${tag('FB.P2', 'TS.P2a')} c [x] [CS19] [0] CS19.D2`)).toEqual([['CS19.D1'], ['FB.P2', 'TS.P2a']]);
  });

  test('a limit of a pack is tagged by its requirement', () => {
    expect([...idsOfCode('survey: { kind: workdays, requirement: CS19.D1, source: text }')]).toEqual(['CS19.D1']);
  });

  test('a comment proves nothing', () => {
    const text = `/** ${tag('CS19.D1')} */\n// ${tag('CS19.D2')}\ntest('late ${tag('CS19.D3')}', () => {});`;
    expect(tagsOfTests(text, 'ts')).toEqual([['CS19.D3']]);
    expect(tagsOfTests(`title: late ${tag('CS19.D3')} # not ${tag('CS19.D4')}`, 'yaml')).toEqual([['CS19.D3']]);
  });
});

describe('what is said at a tag', () => {
  test('the sentence of the comment, without the tag', () => {
    const source = `/**\n * First. One working day from\n * acceptance ${tag('CS19.D1')}. Last.\n */\nsurvey(); //   3.4.3 registered ${tag('CS19.P2')}\n`;
    expect(saidIn(source, 'ts')).toEqual([
      { id: 'CS19.D1', text: 'One working day from acceptance.' },
      { id: 'CS19.P2', text: '3.4.3 registered' },
    ]);
  });

  test('the limit of a pack', () => {
    const source =
      '  survey: { zh: 现场勘察, en: joint survey, kind: workdays, n: 1, hardness: hard, requirement: CS19.D1, source: text }\n';
    expect(saidIn(source, 'yaml')).toEqual([{ id: 'CS19.D1', text: 'limit `survey` (现场勘察): 1 workdays' }]);
  });
});

describe('a project', () => {
  let root: string;
  const put = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'trace-'));
    put(
      'docs/requirements.csv',
      'id,system,kind,clause,text,disposition\nAA.P1,S9-AA,P,1,first,workflow\nAA.P2,S9-AA,P,2,second,api\nAA.Q1,S9-AA,Q,3,third,report\nAA.X1,S9-AA,X,4,fourth,background\n',
    );
    put('docs/requirements-later.csv', 'what,reason\nreport,reports are not built\n');
  });
  afterEach(() => rmSync(root, { recursive: true }));

  const statuses = () => Object.fromEntries(trace(root).rows.map((row) => [row.id, row.status]));

  test('a row is tested, implemented, open or background', () => {
    put('domain/a.ts', `/** The rule ${tag('AA.P1')}. */\n/** Another ${tag('AA.P2')}. */\n`);
    put('test/a.test.ts', `test('holds ${tag('AA.P1')}', () => {});\n`);
    expect(statuses()).toEqual({ 'AA.P1': 'tested', 'AA.P2': 'implemented', 'AA.Q1': 'open', 'AA.X1': 'background' });
    expect(trace(root).faults).toEqual(['AA.P2 (api, 2) has no test: second']);
  });

  test('an id that nobody knows, and a test that claims too much, are faults', () => {
    put('domain/a.ts', `/** ${tag('AA.P1')} ${tag('AA.P2')} ${tag('AA.P9')} */\n`);
    put('test/a.test.ts', `test('${tag(...Array.from({ length: 9 }, (_, i) => `AA.P${(i % 2) + 1}`))}', () => {});\n`);
    expect(trace(root).faults).toEqual([
      'AA.P9 is no requirement: domain/a.ts',
      `more than eight ids: test/a.test.ts: ${tag(...Array.from({ length: 9 }, (_, i) => `AA.P${(i % 2) + 1}`))}`,
    ]);
  });

  test('a reason for something that is not on the list is refused, and so is a row twice', () => {
    put('docs/requirements-later.csv', 'what,reason\nAA.P7,never\n');
    expect(() => trace(root)).toThrow('there is no id, system or disposition AA.P7');
    put(
      'docs/requirements.csv',
      'id,system,kind,clause,text,disposition\nAA.P1,S9-AA,P,1,first,workflow\nAA.P1,S9-AA,P,1,again,workflow\n',
    );
    expect(() => trace(root)).toThrow('AA.P1 stands there twice');
  });
});
