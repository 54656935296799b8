import { describe, expect, test } from 'vitest';
import { checkJudgement } from '../../../domain/quality-complaint/validity.ts';
import { readEntry } from '../../../domain/register/read-entry.ts';
import { loadRegisters } from '../../../packs/registers/load.ts';
import { resolveRole } from '../../../domain/pack.ts';
import { loadPack } from '../../../packs/load.ts';
import { chain } from '../pack-table.ts';
import { alone, answers, choices, fill, kept } from './asked.ts';

const pack = loadPack('s0-ts16949');

describe('who does what', () => {
  test.for([
    [
      '[TS.R1] marketing judges, calls the heads, tells the customer and collects the opinion',
      '营销部',
      ['validity', 'meeting', 'serviceNotice', 'customerTold', 'opinion'],
    ],
    ['[TS.R2] a recorder of marketing takes the complaint down', '营销部专人', ['open', 'filing']],
    ['[TS.R3] the head of marketing decides on plans', '营销部负责人', ['plan.approve']],
    ['[TS.R4] the marketing supervisor assigns and verifies', '营销部主管', ['serviceAssignment', 'verification']],
    ['[TS.R5] the production supervisor assigns, too', '生产部主管', ['serviceAssignment']],
    ['[TS.R6] the technical department serves, trains, compiles', '相关技术部门', ['serviceRecord', 'training', 'customerInformation']],
    ['[TS.R7] technical department: training', '技术部', ['training']],
    ['[TS.R7] production department: training', '生产部', ['training']],
    ['[TS.R8] service staff serve and train', '服务人员', ['serviceRecord', 'training']],
    ['[TS.R9] the accepting unit carries out', '受理单位', ['carryOut']],
    ['[TS.R9] so does the person responsible', '受理责任人', ['carryOut']],
    ['[TS.R9] and the person in charge', '受理负责人', ['carryOut']],
    ['[TS.R10] the responsible department draws up the plan', '责任部门', ['plan']],
    ['[TS.R11] the deputy in charge confirms', '主管副总', ['plan.approve']],
    ['[TS.R12 TS.R13] the top leader, who is the general manager, confirms', '公司最高领导', ['plan.approve']],
  ] as const)('%s', ([, name, steps]) => expect(answers(pack, name)).toEqual(expect.arrayContaining([...steps])));

  test('[TS.R1] nobody else fixes object, content, manner and time of a service', () =>
    expect(alone(pack, '营销部')).toEqual(['serviceNotice']));

  test('[TS.R3 TS.R11 TS.R12] head of marketing first, then the deputy, then the top leader', () => {
    expect(chain(pack, 'ordinary')).toBe('approve marketingHead');
    expect(chain(pack, 'major')).toBe('approve marketingHead, approve deputyGeneralManager');
    expect(chain(pack, 'particularlyMajor')).toBe('approve marketingHead, approve deputyGeneralManager, approve generalManager');
  });

  test('[TS.R13 TS.R14] the general manager is reported to, superiors get the information of a visit', () => {
    expect(pack.duties?.reports?.['reportToGeneralManager']?.to).toEqual([resolveRole(pack, '总经理')]);
    expect(pack.duties?.reports?.['visitInformation']?.to).toEqual([resolveRole(pack, '上级领导')]);
  });
});

describe('kinds and classes', () => {
  test('[TS.K1] complaint or suggestion, and both count', () => {
    expect(Object.keys(pack.kinds)).toEqual(expect.arrayContaining(['quality', 'service', 'suggestion']));
    expect(pack.rules.switches['suggestionsCount']).toBe(true);
  });

  test('[TS.K2 TS.K3] what is wrong: three of the product, three of the service', () => {
    expect([pack.kinds['quality']?.zh, pack.kinds['service']?.zh]).toEqual(['产品质量投诉', '服务投诉']);
    const wrong = ['产品质量缺陷', '技术规格超过允许误差', '产品外观', '服务质量', '服务态度', '服务方式'];
    expect(choices(pack, 'complaint', 'defect')).toEqual(wrong);
  });

  test('[TS.K4] three severities', () => expect(pack.rules.severities).toEqual(['ordinary', 'major', 'particularlyMajor']));

  test('[TS.K5] stands by both tests, and by no other judgement', () => {
    const judgement = (reasonsSufficient: boolean, demandReasonable: boolean, stands: boolean) =>
      checkJudgement({ reasonsSufficient, demandReasonable, stands, reason: true })?.code;
    expect([judgement(true, true, true), judgement(false, true, false), judgement(true, false, false)]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([judgement(true, false, true), judgement(false, true, true), judgement(true, true, false)]).toEqual(
      Array.from({ length: 3 }, () => 'validity-contradicts-tests'),
    );
  });

  test('[TS.K6 TS.R15] offered to a new customer; an existing one has asked, orally or in writing', () => {
    const request = { company: '某机械厂', content: '调试' };
    expect(kept(pack, 'serviceRequest', request)).toEqual(['customerKind']);
    expect(kept(pack, 'serviceRequest', { ...request, customerKind: 'new' })).toMatchObject({ customerKind: 'new' });
    expect(kept(pack, 'serviceRequest', { ...request, customerKind: 'existing' })).toEqual(['request']);
    expect(choices(pack, 'serviceRequest', 'request')).toEqual(['口头', '书面']);
  });

  test('[TS.K7] a key customer is marked, and the case knows it', () => {
    const complaint = { complainant: '赵某', complainedAt: '2026-06-08 10:00', subject: '轴承', demand: '更换', keyCustomer: true };
    const read = fill(pack, 'complaint', complaint);
    expect(read.ok && read.facts['keyCustomer']).toBe(true);
  });
});

const COMPLAINT = { complainant: '赵某', complainedAt: '2026-06-08 10:00', subject: '轴承', demand: '更换', content: '三个月后异响' };
const MEETING = {
  department: '技术部',
  acceptingUnit: '技术部二组',
  acceptingPerson: 'li.si',
  personInCharge: 'wang.wu',
  participants: ['技术部', '生产部'],
  minutes: '由技术部处理',
  dueAt: '2026-06-12 18:00',
};
const PLAN = { cause: '热处理不足', causedBy: '乙班', plan: '换货并改工艺', demandConsidered: '按要求更换' };
const NOTICE = { object: '某机械厂', content: '调试', manner: '上门', plannedFor: '2026-06-12 09:00' };
const RECORD = {
  object: '某机械厂',
  content: '已调试',
  manner: '上门',
  finishedAt: '2026-06-12 15:00',
  staff: '孙某、周某',
  customerFile: 'KH-7',
};

/** Form, a form filled in with every field that the text names, and the fields without which it is refused. */
const FORMS: [title: string, form: string, filled: Record<string, unknown>, needed: string[]][] = [
  ['[TS.F5] complaint: who, when, what about, what for', 'complaint', COMPLAINT, ['complainant', 'complainedAt', 'subject', 'demand']],
  [
    '[TS.F5] complaint: whether it stands',
    'validity',
    { stands: false, reasonsSufficient: false, demandReasonable: true, reason: '无凭据' },
    ['stands'],
  ],
  ['[TS.F5] complaint: unit and persons', 'meeting', MEETING, ['acceptingUnit', 'acceptingPerson', 'personInCharge']],
  ['[TS.F5 TS.F7] plan in writing', 'plan', PLAN, ['cause', 'causedBy', 'plan']],
  ['[TS.F5] complaint: decision', 'decision', { decision: 'approve' }, ['decision']],
  ['[TS.F5] complaint: told', 'customerTold', { result: '换货' }, ['result']],
  ["[TS.F5] complaint: customer's opinion", 'opinion', { satisfied: true, opinion: '满意' }, ['satisfied', 'opinion']],
  ['[TS.F5] complaint: summary', 'summary', { summary: '按期', evaluation: '有效' }, ['evaluation']],
  ['[TS.F3] notice', 'serviceNotice', NOTICE, ['object', 'content', 'manner', 'plannedFor']],
  ['[TS.F3] staff', 'serviceAssignment', { person: 'sun.qi' }, ['person']],
  ['[TS.F2] service record', 'serviceRecord', RECORD, ['content', 'finishedAt']],
  ['[TS.F2] result of the verification', 'verification', { degree: 'full' }, ['degree']],
  ['[TS.F4] customer information', 'customerInformation', { use: '三班连续', requirements: '加长轴', situation: '拟扩产' }, ['situation']],
  ['[TS.F6] contact', 'contact', { customer: '某机械厂', channel: 'letter', content: '询价' }, ['customer', 'channel', 'content']],
  ['[TS.F8] report to the general manager', 'reportToGeneralManager', { report: '客户拟扩产' }, ['report']],
  [
    '[TS.F9] training',
    'training',
    { subjects: ['performance', 'methods'], manner: 'onSite', participants: '操作工五人' },
    ['subjects', 'manner', 'participants'],
  ],
];

describe('a form keeps what the text names and refuses what lacks it', () => {
  test.for(FORMS)('%s', ([, form, filled, needed]) => {
    expect(Object.keys(kept(pack, form, filled)).toSorted()).toEqual(Object.keys(filled).toSorted());
    for (const name of needed) expect(kept(pack, form, { ...filled, [name]: undefined })).toContain(name);
  });
});

test('[TS.F1] the customer file: company, strength, people, contact, products with model, specification and serial number', () => {
  const customers = loadRegisters().get('customers')!;
  const filled = {
    code: 'KH-7',
    name: '某机械厂',
    strength: '年产轴承百万套',
    contacts: [{ name: '赵某', position: '设备科长' }],
    telephone: '0571-00000000',
    products: [{ model: 'M-20', specification: '20×47×14', serial: 'S-0001' }],
  };
  expect(readEntry(customers, filled)).toEqual({ ok: true, body: filled });
  expect(customers.fields.map(({ name, zh }) => [name, zh])).toEqual(
    expect.arrayContaining([
      ['name', '名称'],
      ['strength', '实力'],
    ]),
  );
});

test('[TS.K8] what is trained, in which manner, and for whom', () => {
  expect(choices(pack, 'training', 'subjects')).toEqual(['产品性能', '使用条件', '使用方法']);
  expect(choices(pack, 'training', 'manner')).toEqual(['主动走访', '现场指导', '电话沟通', '上门单独培训', '培训班']);
  expect(choices(pack, 'training', 'audience')).toEqual(['新客户', '使用、维修中出现问题的客户']);
});

test('[TS.P23] what is expected of staff is a check list of the verification', () => {
  const filled = { degree: 'full', customerFirst: true, productKnowledge: true, neatAndPolite: false };
  expect(kept(pack, 'verification', filled)).toEqual(filled);
});

test('[TS.F10] information is passed on under the rule that the text cites', () => {
  expect(choices(pack, 'customerInformation', 'rule')).toContain('质量信息管理办法');
});

test('[TS.A2] a service record belongs to the file of a customer, or it is none', () => {
  const { customerFile: _, ...loose } = RECORD;
  expect(kept(pack, 'serviceRecord', loose)).toEqual(['customerFile']);
  expect(pack.duties?.retention).toEqual({ none: 'none in the text' }); // so nothing of the file is ever due to go
});

test('[TS.X1] the prescribed time is a number of the pack, and says that it is a proposal', () => {
  expect(pack.rules.limits['handling']).toMatchObject({ kind: 'workdays', n: 10, hardness: 'hard' });
  expect(pack.limitLabels['handling']?.source).toBe('proposal');
});

test('[TS.X2] both names mean one form', () => {
  const named = (name: string) => Object.values(pack.forms).filter(({ zh }) => zh.includes(name) && !zh.includes('存档'));
  expect(named('顾客投诉处理表').map(({ id }) => id)).toEqual(['complaint']);
  expect(named('客户投诉处理表').map(({ id }) => id)).toEqual(['complaint']);
});
