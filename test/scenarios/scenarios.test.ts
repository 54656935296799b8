import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { readScenario } from '../../lab/file/read.ts';
import { openLab, type Lab } from '../../lab/lab.ts';
import { storyText } from '../../lab/report/text.ts';
import { auditByRules } from '../support/audit-by-rules.ts';

const files = globSync('*.yaml', { cwd: import.meta.dirname }).toSorted();

let lab: Lab;
beforeAll(async () => {
  lab = await openLab({
    databaseUrl: inject('databaseUrl'),
    temporalAddress: inject('temporalAddress'),
    // What-if with the pack itself: the record of every story is what its rules make of it.
    lookAt: async (db) => expect((await auditByRules(db)).different).toEqual([]),
  });
});
afterAll(() => lab.close());

// Mostly waiting for the engine: several stories at once.
describe.concurrent('every story comes out as it is told', () => {
  for (const file of files) {
    for (const story of readScenario(join(import.meta.dirname, file))) {
      test(`${basename(file, '.yaml')} · ${story.variant ?? story.title}`, async () => {
        const played = await lab.play(story);
        expect(played.held, storyText(played, { lang: 'en', brief: true })).toBe(true);
      });
    }
  }
});
