import { describe, expect, test } from 'vitest';
import { checkAcceptance } from '../../../domain/property-repair/repair.ts';
import { orderClass } from '../../../domain/property-repair/survey.ts';
import { resolveRole } from '../../../domain/pack.ts';
import { loadPack } from '../../../packs/load.ts';
import { answers, choices, fill, kept } from './asked.ts';

const pack = loadPack('s3-cs19');
const HASH = 'a'.repeat(64);

describe('a form keeps what the text names and refuses what lacks it', () => {
  test.for([
    [
      '[CS19.F2] joint survey sheet',
      'survey',
      {
        trades: 'multi',
        complex: true,
        signedBy: ['customerService', 'property', 'teamLeader'],
        absent: ['builder'],
        responsible: 'builder',
        estimate: '800.00',
        orderClass: 'A',
        sheet: [HASH],
        findings: '渗漏',
      },
      ['signedBy', 'responsible', 'trades'],
    ],
    [
      '[CS19.F5] check on completion',
      'completion',
      { acceptedBy: ['customerService', 'property', 'teamLeader'], customerSigned: true, remark: '无' },
      ['acceptedBy', 'customerSigned'],
    ],
    ['[CS19.F6] follow-up call with its degree', 'followUp', { satisfied: true, degree: 'verySatisfied', remark: '很好' }, ['satisfied']],
    [
      '[CS19.F7] final account',
      'finalAccount',
      { amount: '780.00', workOrder: 'CS19-2026-000001-W1', labour: '300.00', materials: '480.00', work: '重做防水' },
      ['amount'],
    ],
    [
      '[CS19.F8] settlement',
      'remark',
      { orderClass: 'A', auditResult: '核定760元', confirmation: '施工单位已确认', deducted: '辅材20元', remark: '无' },
      [],
    ],
    ['[CS19.F11] use of equipment', 'equipmentUse', { condition: 'faults', use: '电梯一年停运三次' }, ['condition', 'use']],
    [
      '[CS19.F14] minutes of the special meeting',
      'minutes',
      {
        participants: ['customerService', 'engineering'],
        absent: ['sales'],
        decision: '整体返修',
        owner: 'engineering',
        dueAt: '2026-07-20T18:00:00+08:00',
      },
      ['participants', 'decision', 'owner', 'dueAt'],
    ],
    ['[CS19.F15] special report', 'specialReport', { report: '经过与建议' }, ['report']],
    ['[CS19.F16] early warning', 'earlyWarning', { warning: '三户同时渗漏', likelihood: 'likely', proposed: '排查同批次' }, ['warning']],
    [
      '[CS19.F19] opinion on a final payment',
      'finalPaymentOpinion',
      { opinion: 'withhold', repairs: '两项未修', cooperation: '到场迟', reason: '保修未完' },
      ['opinion', 'repairs', 'cooperation', 'reason'],
    ],
  ] as const)('%s', ([, form, filled, needed]) => {
    expect(kept(pack, form, filled)).toEqual(filled);
    for (const field of needed) expect(kept(pack, form, { ...filled, [field]: undefined })).toEqual([field]);
  });

  test('[CS19.F1] the register takes a complaint of every channel that the text names', () => {
    const intake = { summary: '窗户漏水', customerName: '李某', telephone: '000', unit: 'DEMO-1-101', requestedAppointment: '周三上午' };
    for (const channel of ['hotline', 'visit', 'letter', 'property', 'sales', 'office'])
      expect(kept(pack, 'intake', { ...intake, channel })).toEqual({ ...intake, channel });
    expect(answers(pack, '资料员')).toContain('registerNote');
  });

  test('[CS19.F4] the repair sheet keeps the opinion that the customer signed', () => {
    const sheet = {
      acceptedBy: ['customerService'],
      customerSigned: true,
      customerOpinion: 'fair',
      repairOpinion: '接缝不平',
      sheet: [HASH],
    };
    expect(kept(pack, 'completion', sheet)).toEqual(sheet);
    expect(choices(pack, 'completion', 'customerOpinion')).toEqual(['满意', '一般', '不满意']);
  });

  test('[CS19.F5] completion counts with the signature of the customer alone', () => {
    const facts = (customerSigned: boolean) =>
      fill(pack, 'completion', { acceptedBy: ['客户服务部', '物业人员', '维修队长'], customerSigned });
    for (const signed of [true, false]) {
      const reading = facts(signed);
      const { acceptedBy, customerSigned } = (reading.ok ? reading.facts : {}) as { acceptedBy: string[]; customerSigned: boolean };
      expect(checkAcceptance(acceptedBy, customerSigned)?.code).toBe(signed ? undefined : 'acceptance-incomplete');
    }
  });

  test('[CS19.X10 CS19.F7 CS19.F8] account and settlement are two papers, of two steps and two hands', () => {
    const { finalAccount, settlement } = pack.steps;
    expect([pack.forms[finalAccount!.form]?.zh, pack.forms[settlement!.form]?.zh]).toEqual(['维修工程决算书', '维修工程结算书']);
    expect(answers(pack, '维修队长')).toContain('finalAccount');
    expect(answers(pack, '维修队长')).not.toContain('settlement');
  });
});

describe('classes', () => {
  test.for([
    ['[CS19.K1] inspection, hand-over or warranty', 'intake', 'phase', ['验楼', '接楼', '保修期']],
    ['[CS19.K4] single trade or several', 'survey', 'trades', ['单工种', '多工种']],
    ['[CS19.K5] order of class A or B', 'survey', 'orderClass', ['A类', 'B类']],
    ['[CS19.K6] team or builder', 'completion', 'doneBy', ['客户服务维修队', '施工单位']],
    ['[CS19.K7] ordinary, difficult or major', 'severity', 'severity', ['一般', '处理困难', '重大']],
    ['[CS19.K8] demand, suggestion or result of a visit', 'intake', 'information', ['投诉要求', '客户建议', '回访结果']],
    ['[CS19.K9] seriously dissatisfied', 'followUp', 'degree', ['很满意', '满意', '一般', '不满意', '严重不满意']],
  ] as const)('%s', ([, form, field, offered]) => {
    expect(choices(pack, form, field)).toEqual(offered);
    for (const option of pack.forms[form]!.fields.find(({ name }) => name === field)!.options!) {
      const problems = fill(pack, form, { [field]: option });
      expect(problems.ok ? [] : problems.problems.filter(({ path }) => path === field)).toEqual([]);
    }
    expect(kept(pack, form, { [field]: 'none of them' })).toContain(field);
  });

  test('[CS19.K2] each cause names the department that helps, and that one may answer', () => {
    const named = choices(pack, 'route', 'cause').flatMap((option) => /（(.+)）/.exec(option)?.[1] ?? []);
    expect(named.map((name) => resolveRole(pack, name))).toEqual(['design', 'engineering', 'sales', 'legalCentre']);
    for (const name of named) expect(answers(pack, name)).toContain('departmentFeedback');
  });

  test('[CS19.K3] a repair and another complaint each go their own way', () =>
    expect([pack.kinds['repair'], pack.kinds['other']].map((kind) => [kind?.zh, kind?.workflow])).toEqual([
      ['维修工程', 'propertyRepair'],
      ['其他投诉事件', 'otherComplaint'],
    ]));

  test('[CS19.K4] particularly complex is a fact of the sheet', () => {
    const sheet = { trades: 'single', signedBy: ['customerService'], responsible: 'company', complex: true };
    expect(fill(pack, 'survey', sheet)).toMatchObject({ ok: true, facts: { complex: true } });
  });

  test('[CS19.K5] the class that is stated binds', () => {
    const read = kept(pack, 'survey', { trades: 'single', signedBy: ['customerService'], responsible: 'company', orderClass: 'A' });
    expect(orderClass('company', (read as Record<string, string>)['orderClass'])).toBe('A');
  });

  test('[CS19.K7] a class above the ordinary asks for more before the closing', () => {
    expect(pack.rules.severities).toEqual(['ordinary', 'difficult', 'major']);
    expect(pack.rules.closeRequires?.['difficult']).toEqual(['specialReport']);
    expect(pack.rules.closeRequires?.['major']).toEqual(expect.arrayContaining(['majorReport', 'specialMeeting', 'specialReport']));
  });
});

test("[CS19.X20] nobody judges whether a complaint stands; the customer's own cause is one of the causes", () => {
  expect(pack.rules.switches['validityTest']).toBe(false);
  expect(Object.keys(pack.rules.steps)).not.toContain('judgement');
  expect(kept(pack, 'route', { department: '客户服务部', cause: 'customer' })).toMatchObject({ cause: 'customer' });
});
