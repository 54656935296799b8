import fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { floorOf } from '../../domain/ledger/account.ts';
import { balanceOf, leftOf, overdraws } from '../../domain/ledger/balance.ts';
import { boundOf } from '../../domain/ledger/case-bound.ts';
import { cover, deduction } from '../../domain/ledger/cover.ts';
import { ENTRY_KINDS, kindOf, ruleOf, signed } from '../../domain/ledger/entry.ts';
import { emptyCase } from '../../domain/case/state.ts';
import { loadLedger } from '../../packs/ledger.ts';
import { loadPack } from '../../packs/load.ts';

describe('rules of the ledger', () => {
  test('at the fen: what is left may be taken, one more may not', () => {
    expect(overdraws(10_000_000, -10_000_000, 0)).toBe(false);
    expect(overdraws(10_000_000, -10_000_001, 0)).toBe(true);
    expect(overdraws(0, -1, undefined)).toBe(false);
    expect([leftOf(5, 0), leftOf(-5, 0), leftOf(5, undefined)]).toEqual([5, 0, 0]);
    expect(floorOf('settlement')).toBeUndefined();
  });

  test('what the retention does not reach is short, at the fen [CS19.X16]', () => {
    expect(deduction(2_000_000, 1_500_000)).toEqual({ deducted: 1_500_000, shortfall: 500_000 });
    expect(deduction(1_500_001, 1_500_000)).toEqual({ deducted: 1_500_000, shortfall: 1 });
    expect(deduction(1_500_000, 1_500_000)).toEqual({ deducted: 1_500_000, shortfall: 0 });
    expect(deduction(1, -5)).toEqual({ deducted: 0, shortfall: 1 });
  });

  test('whatever is asked in whatever order: nothing below the floor, every fen accounted for', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ put: fc.nat(1_000), take: fc.nat(1_000) })), (steps) => {
        const entries: number[] = [];
        let short = 0;
        for (const { put, take } of steps) {
          entries.push(put);
          const split = cover(take, leftOf(balanceOf(entries), 0));
          expect(overdraws(balanceOf(entries), -split.covered, 0)).toBe(false);
          entries.push(-split.covered);
          short += split.short;
          expect(balanceOf(entries)).toBeGreaterThanOrEqual(0);
        }
        const asked = steps.reduce((sum, { take }) => sum + take, 0);
        const put = steps.reduce((sum, one) => sum + one.put, 0);
        expect(put - (asked - short)).toBe(balanceOf(entries));
      }),
    );
  });

  test('sums that would not be exact are refused', () => {
    expect(() => balanceOf([Number.MAX_SAFE_INTEGER, 1])).toThrow(RangeError);
  });

  test('each kind goes one way, and old entries are read by what they are', () => {
    for (const kind of ENTRY_KINDS) expect(Math.sign(signed(kind, 5))).toBe(ruleOf(kind).sign);
    expect([
      kindOf(null, 'retention:a:b', 'N'),
      kindOf(null, 'repair-cost', 'N'),
      kindOf(null, 'x', null),
      kindOf('draw', 'x', null),
    ]).toEqual([...['deduction', 'payment', 'opening', 'draw']]);
  });

  test('a draw stays within what was approved, funds of an outlet are supplied once', () => {
    const approved = {
      name: 'estimate',
      version: 1,
      hash: 'h',
      tier: 't',
      chain: [],
      by: [],
      sum: 80_000,
      outcome: 'approved',
      decisions: [],
    } as const;
    const state = { ...emptyCase, proposals: { estimate: approved }, answers: { funds: { amount: 500 } } };
    expect(boundOf('draw', state, 0, -30_000)).toBe(50_000);
    expect(boundOf('draw', emptyCase, 0, 0)).toBe(0);
    expect(boundOf('return', state, -20, 0)).toBe(20);
    expect([boundOf('funds', state, 0, 0), boundOf('funds', state, 500, 0)]).toEqual([500, 0]);
    expect(boundOf('spend', state, 0, 0)).toBeUndefined();
  });
});

describe('accounts as data', () => {
  test('two working funds of 100,000.00 each, opened and replenished by finance [CS19.T7 CS19.T8 CS19.F21]', () => {
    const { funds, kinds } = loadLedger();
    const { rules } = loadPack('s3-cs19');
    expect(Object.fromEntries(Object.entries(funds).map(([id, { amount }]) => [id, rules.switches[amount]]))).toEqual({
      customerService: 10_000_000,
      repairTeam: 10_000_000,
    });
    expect(kinds.fund).toMatchObject({ open: ['finance'], enter: { replenish: ['finance'] } });
    expect(kinds.fund.read).toContain('property');
  });

  test('what does not fit the packs is refused with line and remedy', () => {
    const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
    try {
      const path = join(folder, 'ledger.yaml');
      const text = readFileSync(join(import.meta.dirname, '../../packs/ledger.yaml'), 'utf8');
      writeFileSync(
        path,
        text
          .replace('amount: fundRepairTeam', 'amount: fundOfNobody')
          .replace('open: [office]', 'open: [cook]')
          .replace('add: [finance]', 'draw: [finance]'),
      );
      expect(() => loadLedger(path)).toThrow(
        /funds\.repairTeam\.amount: s3-cs19 has no amount fundOfNobody[^]*kinds\.retention\.enter\.draw[^]*no role cook/,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
