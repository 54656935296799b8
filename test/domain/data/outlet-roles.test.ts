import { describe, expect, test } from 'vitest';
import { openersOf } from '../../../domain/pack.ts';
import { loadPack } from '../../../packs/load.ts';
import { alone, answers, choices, fill, kept } from './asked.ts';

const outlet = loadPack('s1-outlet');

describe('who is called so, and what is theirs', () => {
  test('[OUT.R1] the service department issues task orders, supplies them, and sees to reward and penalty', () => {
    expect(openersOf(outlet, 'taskOrder')).toEqual(['serviceDepartment']);
    expect(alone(outlet, '服务部')).toEqual(expect.arrayContaining(['supply', 'outletMeasures']));
  });

  test('[OUT.R2] the office staffs, trains and funds, and nobody else', () => {
    expect(alone(outlet, '办公室')).toEqual(['staffing', 'training', 'funds']);
    expect(alone(outlet, '公司办公室')).toEqual(['staffing', 'training', 'funds']);
  });

  test('[OUT.R3] the after-sales service manager is known by that name, and owes the survey', () => {
    expect(answers(outlet, '售后服务管理师')).toEqual([]);
    expect(outlet.roles.find(({ id }) => id === 'serviceEngineer')?.zh).toBe('售后服务管理师');
  });

  test('[OUT.R5] only the general manager approves an internal outlet', () => {
    expect(outlet.rules.tiers['application']!.rows[0]!.chain).toEqual([{ act: 'approve', role: 'generalManager' }]);
    expect(alone(outlet, '总经理')).toContain('application.approve');
  });

  test('[OUT.R6 GB.R1] the company tenders, names candidates and reviews them', () => {
    expect(answers(outlet, '公司')).toEqual(expect.arrayContaining(['tender', 'candidates', 'siteReview', 'documentReview']));
    expect(openersOf(outlet, 'outsourcedOutlet')).toContain('company');
  });

  test('[OUT.R7] a contractor goes by three names and decides nothing', () => {
    for (const name of ['外委单位', '委外单位', '候选单位']) expect(answers(outlet, name)).toEqual([]);
    expect(kept(outlet, 'candidates', { contractors: ['W-1'], names: '甲维修部' })).toEqual({ contractors: ['W-1'], names: '甲维修部' });
  });

  test('[OUT.R8 GB.R3] repair staff repair and report, nobody else', () => {
    expect(alone(outlet, '维修人员')).toEqual(['repair', 'repairReport']);
  });

  test('[OUT.X2] 经理 is the manager of the service department', () => {
    expect(answers(outlet, '服务部经理')).toEqual(answers(outlet, '经理'));
    expect(answers(outlet, '经理')).toContain('staffConfirmed');
  });
});

describe('forms', () => {
  test('[GB.F2] a repair request names outlet, customer and what is to be repaired', () => {
    const request = { outlet: 'WD-1', customer: 'KH-1', issue: '水泵异响' };
    expect(kept(outlet, 'taskOrder', request)).toEqual(request);
    for (const field of Object.keys(request)) expect(kept(outlet, 'taskOrder', { ...request, [field]: undefined })).toEqual([field]);
  });

  test('[GB.D3] a repair has no number in the text: what came of it is recorded, not timed', () => {
    expect(outlet.rules.steps['repair']).toMatchObject({ by: ['repairStaff'] });
    expect(outlet.rules.steps['repair']!.limit).toBeUndefined();
  });

  test('[CERT.F1 CERT.R1 CERT.K1] a change application says which kind of change, with evidence', () => {
    expect(choices(outlet, 'changeApplicationFiled', 'change')).toEqual(['证书信息', '对服务有重要影响', '获证服务本身']);
    expect(kept(outlet, 'changeApplicationFiled', { change: 'service' })).toEqual(['evidence']);
    expect(kept(outlet, 'changeApplicationFiled', { evidence: '回执' })).toEqual(['change']);
  });
});

describe('services of every procedure', () => {
  const ts = loadPack('s0-ts16949');

  test('[GB.F3] the repair record is handed over, and how is said', () => {
    expect(kept(ts, 'recordGiven', { how: 'byHand', receivedBy: '李某' })).toEqual({ how: 'byHand', receivedBy: '李某' });
    expect(kept(ts, 'recordGiven', {})).toEqual(['how']);
  });

  test('[GB.F4] a charge is stated beforehand with its amount', () => {
    expect(fill(ts, 'quote', { amount: '200' })).toMatchObject({ ok: true, facts: { amount: 20_000 } });
    expect(kept(ts, 'quote', {})).toEqual(['amount']);
  });

  test('[GB.X2] a substitute may be lent, and no case needs one to close', () => {
    expect(kept(ts, 'loaner', { item: '备用泵' })).toEqual({ item: '备用泵' });
    expect(Object.values(ts.rules.closeRequires ?? {}).flat()).not.toContain('loaner');
  });
});
