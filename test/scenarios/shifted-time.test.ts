import { readFileSync } from 'node:fs';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { beforeAll, describe, expect, test } from 'vitest';
import { shiftedDate } from '../../lab/engine/shifted-date.ts';
import { labBundleOptions } from '../../lab/engine/worker.ts';
import { bundleOptions } from '../../worker/options.ts';

describe('only the lab shifts time', () => {
  const logger = new DefaultLogger('ERROR');
  let production: string;
  let lab: string;
  beforeAll(async () => {
    const bundles = await Promise.all([bundleOptions, labBundleOptions].map((options) => bundleWorkflowCode({ ...options, logger })));
    [production, lab] = bundles.map((bundle) => bundle.code) as [string, string];
  });

  test('the lab’s bundle holds the interceptor', () =>
    expect(lab).toMatch(/clockShiftMs[\s\S]*shiftedDate|shiftedDate[\s\S]*clockShiftMs/));
  test('the production bundle does not', () => {
    expect(production).not.toContain('clockShiftMs');
    expect(production).not.toContain('shiftedDate');
  });
  test('the production worker does not name the lab', () => {
    for (const file of ['main.ts', 'options.ts'])
      expect(readFileSync(new URL(`../../worker/${file}`, import.meta.url), 'utf8')).not.toMatch(/from '[^']*lab\//);
  });
});

describe('a shifted Date', () => {
  const shift = 40 * 86_400_000;
  const Shifted = shiftedDate(Date, shift);
  const near = (ms: number): void => expect(Math.abs(ms - (Date.now() + shift))).toBeLessThan(1000);

  test('its present is shifted', () => {
    near(Shifted.now());
    near(new Shifted().getTime());
    near(Date.parse((Shifted as unknown as () => string)()));
  });
  test('what names an instant is not', () => {
    expect(new Shifted(0).getTime()).toBe(0);
    expect(new Shifted('2026-03-09T00:00:00Z').toISOString()).toBe('2026-03-09T00:00:00.000Z');
    expect(new Shifted(2026, 2, 9).getTime()).toBe(new Date(2026, 2, 9).getTime());
    expect(Shifted.parse('2026-03-09T00:00:00Z')).toBe(Date.parse('2026-03-09T00:00:00Z'));
    expect(Shifted.UTC(2026, 2, 9)).toBe(Date.UTC(2026, 2, 9));
  });
  test('its instances are dates', () => {
    expect(new Shifted()).toBeInstanceOf(Date);
    expect(new Date()).toBeInstanceOf(Shifted);
  });
});
