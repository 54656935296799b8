/** Why money goes the way it goes: exact amounts, one cent to either side of each bound, in both languages. */
import { describe, expect, test } from 'vitest';
import { tierFor } from '../../domain/approval.ts';
import { emptyCase, type CaseState, type ProposalState } from '../../domain/case/state.ts';
import { explainMoney, type MoneyKnown } from '../../domain/explain-money.ts';
import { loadPack } from '../../packs/load.ts';

const pack = loadPack('s3-cs19');
const table = pack.rules.tiers['estimate'];
if (table === undefined) throw new Error('no tiers');
const roleIn = (lang: 'zh' | 'en') => (id: string) => pack.roles.find((role) => role.id === id)?.[lang] ?? id;

const estimate = (amount: number, sum = amount): ProposalState => ({
  ...{ name: 'estimate', version: 1, hash: 'h', amount, sum, by: [], decisions: [] },
  ...{ tier: tierFor(table, sum).id, chain: tierFor(table, sum).chain },
});
const known = (state: Partial<CaseState>, more: Partial<MoneyKnown> = {}, lang: 'zh' | 'en' = 'zh'): MoneyKnown => ({
  ...{ state: { ...emptyCase, openedAt: Date.UTC(2026, 2, 9), ...state }, rules: pack.rules, role: roleIn(lang), people: [], funds: [] },
  ...more,
});
const said = (what: string, at: MoneyKnown, lang: 'zh' | 'en' = 'zh'): string =>
  explainMoney(at, lang)
    .filter((one) => one.what === what)
    .flatMap(({ lines }) => lines)
    .join('\n');

describe('tier', () => {
  test.each([
    [99_999, '至 1,000.00 元(含)(3.6.1)\n', '批准:客户服务部经理'],
    [100_000, '至 1,000.00 元(含)(3.6.1);恰为界限金额,归本档', '批准:客户服务部经理'],
    [100_001, '超过 1,000.00 元、至 10,000.00 元(含)(3.6.1)\n', '审核:副总工程师(目前无人任此岗位) → 批准:副总经理'],
    [1_000_000, '超过 1,000.00 元、至 10,000.00 元(含)(3.6.1);恰为界限金额', '批准:副总经理'],
    [1_000_001, '适用档:超过 10,000.00 元(3.6.1)', '审核:副总工程师(目前无人任此岗位) → 批准:总经理'],
  ])('%i fen: its row, its clause, its chain', (amount, row, chain) => {
    const lines = said('tier', known({ proposals: { estimate: estimate(amount) } }));
    expect(lines).toContain(row);
    expect(lines).toContain(chain);
  });

  test('what is summed for the case, who holds the roles, who stands in for whom', () => {
    const people = [
      { role: 'deputyChiefEngineer', name: 'Wang', for: null },
      { role: 'deputyGeneralManager', name: 'Li', for: 'zhao' },
    ];
    const at = known({ proposals: { estimate: estimate(60_000, 120_000) } }, { people }, 'en');
    expect(said('tier', at, 'en').split('\n')).toEqual([
      'estimate, version 1: 600.00 yuan; 1,200.00 summed for the case chooses the row',
      'row: above 1,000.00, up to and with 10,000.00 (3.6.1)',
      'in order: reviews: deputy chief engineer (Wang) → approves: deputy general manager (Li for zhao)',
    ]);
    const { sum, ...free } = estimate(1);
    expect(sum).toBe(1);
    expect(said('tier', known({ proposals: { plan: free } }))).toBe('');
  });
});

test.each([
  [1_999_999, '决算 19,999.99 元低于审核界限 20,000.00 元(3.5.6):由 客户服务部 审核', 'is below the audit bound'],
  [2_000_000, '决算 20,000.00 元恰为审核界限 20,000.00 元(3.5.6):由 审计核算部 审核', 'is exactly the audit bound'],
  [2_000_001, '决算 20,000.01 元高于审核界限 20,000.00 元(3.5.6):由 审计核算部 审核', 'is above the audit bound'],
])('auditor of %i fen', (finalAccount, zh, en) => {
  expect(said('auditor', known({ known: { finalAccount } }))).toBe(zh);
  expect(said('auditor', known({ known: { finalAccount } }, {}, 'en'), 'en')).toContain(en);
});

test('class by survey and warranty: its last day counts, the day after does not', () => {
  const at = (warrantyUntil: string, more = {}) =>
    said('orderClass', known({ known: { orderClass: 'A', warrantyUntil }, answers: { survey: { responsible: 'builder' }, ...more } }));
  expect(at('2026-03-09')).toBe('A 类:保修,费用由施工单位承担\n会签表责任方:施工单位\n保修至 2026-03-09,受理于 2026-03-09:在保修期内');
  expect(at('2026-03-08')).toContain('已过保修期');
  expect(at('2026-03-09', { reclass: {} })).toContain('类别已改判');
  expect(said('orderClass', known({}))).toBe('');
});

test('what is left, and what would be deducted, to the fen', () => {
  const retention = { name: '保证金', left: 1_500_000 };
  const at = (facts: CaseState['known'], lang: 'zh' | 'en' = 'zh') => said('retention', known({ known: facts }, { retention }, lang), lang);
  expect(at({ orderClass: 'A', settlement: 1_500_000 })).toBe('保证金:尚余 15,000.00 元\n将扣除 15,000.00 元,将不足 0.00 元(3.5.9)');
  expect(at({ orderClass: 'A', settlement: 1_500_001 })).toContain('将扣除 15,000.00 元,将不足 0.01 元(由公司先付');
  expect(at({ orderClass: 'A', approvedEstimate: 1_499_999 }, 'en')).toContain('would deduct 14,999.99 yuan, 0.00 short (3.5.9)');
  expect(at({ orderClass: 'A', deducted: 5, shortfall: 1 }, 'en')).toContain('deducted 0.05 yuan, 0.01 short (the company pays it');
  expect(at({ orderClass: 'B', settlement: 5 })).toContain('B 类不从保证金扣除');
  expect(said('fund', known({}, { funds: [{ name: '客户服务周转金', left: 10_000_000 }] }))).toBe('客户服务周转金:尚余 100,000.00 元');
});
