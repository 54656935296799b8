/**
 * Whatever branch a case takes, its customer reads words that were written for customers, in either language: every kept history of a kind that
 * customers follow is walked event by event, and what the link would show then is searched for what belongs inside.
 */
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { describe, expect, test } from 'vitest';
import { trackingView } from '../../api/view/tracking.ts';
import { readHistory } from '../../desk/history.ts';
import { fold } from '../../domain/case/reduce.ts';
import { progressOf } from '../../domain/customer/progress.ts';
import { loadCustomerSides } from '../../packs/customer/load.ts';
import { loadPack } from '../../packs/load.ts';
import { keptHistories } from '../histories/kept.ts';
import { faultOf, textsOf, type Inside, type Shown } from '../support/customer-words.ts';

const sides = loadCustomerSides();

interface Walked extends Inside {
  readonly name: string;
}

const cases: readonly Walked[] = keptHistories().flatMap(({ name, history }) => {
  const { events } = readHistory(historyFromJSON(history));
  const [opened] = events;
  if (opened?.kind !== 'opened') return [];
  const side = sides.get(opened.data.pack.id);
  return side?.kinds.includes(opened.data.kind) === true ? [{ name, events, side, pack: loadPack(opened.data.pack.id) }] : [];
});

test('the walk is over every procedure and kind that customers follow', () => {
  const walked = new Set(
    cases.map(({ events: [opened] }) => (opened?.kind === 'opened' ? `${opened.data.pack.id} ${opened.data.kind}` : '')),
  );
  const followed = [...sides].flatMap(([id, { kinds }]) => kinds.map((kind) => `${id} ${kind}`));
  expect(followed.filter((one) => !one.startsWith('s3-cs19-demo') && !walked.has(one))).toEqual([]);
});

describe.each(cases)('$name', (walked) => {
  const { events, side, pack } = walked;

  test('every stage that it enters has words of its own', () => {
    const entered = new Set([
      'accepted',
      'closing',
      ...events.flatMap((event) => (event.kind === 'stage-entered' ? [event.data.stage] : [])),
    ]);
    expect([...entered].filter((stage) => !Object.hasOwn(side.stages, stage))).toEqual([]);
  });

  test('what its customer reads at any moment is in either language, and nothing of it is ours', () => {
    const shown = new Set<string>();
    const said: Shown[] = [];
    for (let upTo = 1; upTo <= events.length; upTo += 1) {
      const known = events.slice(0, upTo);
      const view = trackingView('CS-2026-000001', progressOf(fold(known), known, side, pack.rules, known.at(-1)!.recordedAt));
      for (const one of textsOf(view).filter(({ name, text }) => !shown.has(`${name} ${text}`))) said.push(one);
      for (const { name, text } of said) shown.add(`${name} ${text}`);
    }
    expect(said.length).toBeGreaterThan(6);
    expect(said.flatMap((one) => faultOf(one, walked) ?? [])).toEqual([]);
  });
});
