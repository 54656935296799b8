import { describe, expect, test } from 'vitest';
import { checkAnalysis, shown, type Findings } from '../../domain/cement/analysis.ts';
import { checkSiteRecord, type SiteSheet } from '../../domain/cement/site.ts';

describe('cause and responsibility', () => {
  const both = ['quality', 'safetyProduction'];
  const found = (more: Partial<Findings>): Findings => ({ cause: 'nonQuality', ourFault: false, analysedBy: both, ...more });
  test.for([
    ['both departments', found({}), undefined],
    ['and a third', found({ analysedBy: ['market', ...both] }), undefined],
    ['production alone', found({ analysedBy: ['safetyProduction'] }), 'participant-missing quality'],
    ['quality inspection alone', found({ analysedBy: ['quality'] }), 'participant-missing safetyProduction'],
    ['a human cause', found({ humanCause: 'storage' }), undefined],
    ['a human cause of quality', found({ cause: 'quality', humanCause: 'storage' }), 'bad-facts humanCause'],
    ['unreasonable, and not ours', found({ reasonable: false }), undefined],
    ['unreasonable, and ours', found({ reasonable: false, ourFault: true }), 'bad-facts reasonable'],
  ] as const)('%s', ([, findings, refused]) => {
    const refusal = checkAnalysis(findings);
    expect(refusal === undefined ? undefined : `${refusal.code} ${refusal.detail}`).toBe(refused);
  });

  test('appraisal and grounds, both or as a document', () => {
    expect(shown({ appraisal: true, grounds: true })).toBe(true);
    expect(shown({ attachment: 'a'.repeat(64) })).toBe(true);
    expect(shown({ appraisal: true })).toBe(false);
    expect(shown({ grounds: true })).toBe(false);
    expect(shown({})).toBe(false);
  });
});

describe('the record of the site', () => {
  const sheet = (more: Partial<SiteSheet> = {}): SiteSheet => ({
    sampled: true,
    sampledBy: ['siteEngineer', 'builder'],
    dataGivenInWriting: true,
    ...more,
  });
  const bound = { jointly: true, inWriting: true };
  test.for([
    ['together with the builder, in writing', sheet(), bound, undefined],
    ['by quality inspection', sheet({ sampledBy: ['quality', 'builder'] }), bound, undefined],
    ['without the builder', sheet({ sampledBy: ['quality'] }), bound, 'builder'],
    ['by the builder alone', sheet({ sampledBy: ['builder'] }), bound, 'quality'],
    ['no samples', { sampled: false, dataGivenInWriting: true }, bound, 'sampled'],
    ['parties to no samples', sheet({ sampled: false }), { ...bound, jointly: false }, 'sampledBy'],
    ['no samples where the pack wants none', { sampled: false, dataGivenInWriting: true }, { ...bound, jointly: false }, undefined],
    ['by word of mouth', sheet({ dataGivenInWriting: false }), bound, 'dataGivenInWriting'],
    ['by word of mouth where the pack allows it', sheet({ dataGivenInWriting: false }), { ...bound, inWriting: false }, undefined],
  ] as const)('%s', ([, record, rules, missing]) => expect(checkSiteRecord(record, rules)?.detail).toBe(missing));
});
