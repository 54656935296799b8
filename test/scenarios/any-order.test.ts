/**
 * On the real procedure, engine and store: notes of one week entered in any order, late, twice, by signal, with an outage in
 * between; the week's item comes to the same verdict as by the earliest note, is broken once at most and never early.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { formatInstant, parseBeijing } from '../../domain/time.ts';
import { readScenario } from '../../lab/file/read.ts';
import { openLab, type Lab } from '../../lab/lab.ts';
import { storyText } from '../../lab/report/text.ts';

const folder = mkdtempSync(join(tmpdir(), 'redress-order-'));
let lab: Lab;
beforeAll(async () => {
  lab = await openLab({ databaseUrl: inject('databaseUrl'), temporalAddress: inject('temporalAddress') });
});
afterAll(async () => {
  await lab.close();
  rmSync(folder, { recursive: true });
});

const opened = parseBeijing('2026-03-09 09:00');
const dueAt = parseBeijing('2026-03-16 24:00');
const HOUR = 3_600_000;
const happened = fc.oneof(
  fc.integer({ min: 0, max: 12 * 24 }).map((h) => opened + h * HOUR),
  fc.constantFrom(dueAt - 1000, dueAt, dueAt + 1000),
);
const note = fc.record({
  occurredAt: happened,
  hours: fc.integer({ min: 0, max: 120 }),
  twice: fc.boolean(),
  signalled: fc.boolean(),
});
const stories = fc.record({
  notes: fc.array(note, { minLength: 1, maxLength: 4 }),
  outage: fc.option(fc.tuple(fc.integer({ min: 0, max: 10 * 24 }), fc.integer({ min: 1, max: 60 }))),
});
const SEED = 20261125;
const samples = fc.sample(stories, { seed: SEED, numRuns: 10 });

function asYaml({ notes, outage }: (typeof samples)[number]): string {
  const span = outage === null ? undefined : { from: opened + outage[0] * HOUR + 1000, to: opened + (outage[0] + outage[1]) * HOUR };
  const steps = notes.flatMap(({ occurredAt, hours, twice, signalled }, i) => {
    const at = occurredAt + hours * HOUR;
    const away = span !== undefined && at >= span.from && at < span.to;
    const way = signalled && !away ? ', async: true' : '';
    const line = `  - { at: ${formatInstant(at)}, occurredAt: ${formatInstant(occurredAt)}, as: 资料员, submit: registerNote, form: { note: n${i} }, key: note-${i}${way} }`;
    return twice ? [line, line] : [line];
  });
  const down = span === undefined ? [] : [`  - outage: { from: ${formatInstant(span.from)}, to: ${formatInstant(span.to)} }`];
  return [
    'title: any order',
    'pack: s3-cs19',
    `open: { at: ${formatInstant(opened)}, as: 资料员, form: { kind: other, channel: hotline } }`,
    'steps:',
    ...steps,
    ...down,
    '  - { at: 2026-04-10 00:00, expect: { status: open } }',
  ].join('\n');
}

describe.concurrent('notes in any order', () => {
  test.for(samples.map((sample, i) => [i, sample] as const))('sample %i', async ([i, sample]) => {
    const file = join(folder, `${i}.yaml`);
    writeFileSync(file, asYaml(sample));
    const [story] = readScenario(file);
    const played = await lab.play(story!);
    const said = `${asYaml(sample)}\n${storyText(played, { lang: 'en' })}`;
    expect(played.held, said).toBe(true);
    const { state, events } = played.cases[0]!.look;
    const first = Math.min(...sample.notes.map((one) => one.occurredAt));
    const item = state.clocks['weeklyItem#1']!;
    expect(item.dueAt).toBe(dueAt);
    if (first <= dueAt) expect(['met', 'excused'], said).toContain(item.status);
    else expect(item, said).toMatchObject({ status: 'breached', doneAt: first, lateBy: first - dueAt });
    const broken = events.filter((e) => e.kind === 'clock-breached' && e.data.clock === item.id);
    expect(broken.length, said).toBeLessThanOrEqual(1);
    for (const event of broken) expect(event.recordedAt, said).toBeGreaterThan(dueAt);
    expect(
      events.filter((e) => e.kind === 'submitted' && e.data.step === 'registerNote'),
      said,
    ).toHaveLength(sample.notes.length);
    expect(
      events.filter((e) => e.kind === 'escalated' && e.data.clock === item.id),
      said,
    ).toHaveLength(broken.length);
  });
});
