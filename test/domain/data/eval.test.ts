import { describe, expect, test } from 'vitest';
import { loadPack } from '../../../packs/load.ts';
import { answers, choices, kept } from './asked.ts';

const pack = loadPack('s1-eval');

describe('who does what', () => {
  test.for([
    ['[EVAL.R1] the evaluation group draws up the list and the measures of the company', '评价小组', ['identification', 'companyMeasures']],
    ['[EVAL.R2] the service department drafts objectives', '服务部', ['objectives']],
    [
      '[EVAL.R3] the manager reviews',
      '经理',
      ['identification.review', 'objectives.review', 'companyMeasures.review', 'departmentMeasures.review'],
    ],
    [
      '[EVAL.R4] the general manager approves',
      '总经理',
      ['identification.approve', 'objectives.approve', 'companyMeasures.approve', 'departmentMeasures.approve'],
    ],
    ['[EVAL.R5] departments set their own measures', '各部门', ['departmentMeasures']],
  ] as const)('%s', ([, name, steps]) => expect(answers(pack, name)).toEqual(expect.arrayContaining([...steps])));

  test('[EVAL.R3 EVAL.R4] reviewed first, then approved', () => {
    expect(pack.rules.tiers['paper']?.rows.map(({ chain }) => chain)).toEqual([
      [
        { act: 'review', role: 'manager' },
        { act: 'approve', role: 'generalManager' },
      ],
    ]);
  });
});

test('[EVAL.K1 EVAL.P7] main factors are set by the evaluation group, the others by the department they concern', () => {
  expect(pack.kinds['companyMeasures']?.by).toEqual(['evaluationGroup']);
  expect(pack.kinds['departmentMeasures']?.by).toEqual(['department']);
  expect(kept(pack, 'departmentMeasures', { ...MEASURES })).toEqual(['department']);
});

test('[EVAL.P2] the list is a kind of its own, drawn up by the evaluation group', () =>
  expect(pack.kinds['identification']).toMatchObject({ workflow: 'evaluation', form: 'identification' }));

const MEASURES = { factor: '夏季报修集中', means: '提前巡检', equipmentAndStaff: '值班车', training: '上岗培训', resources: '备件预算' };

describe('a paper keeps what the text names and is refused without it', () => {
  test.for<[string, string, Record<string, unknown>]>([
    ['[EVAL.F1] list', 'identification', { items: '报修响应', sources: ['market', 'service'] }],
    [
      '[EVAL.F2] objectives',
      'objectives',
      { objectives: '一次修复率九成', criteria: '每月统计', basis: ['law', 'policy', 'promise', 'technical'] },
    ],
    ['[EVAL.F3] measures a to d, of the company', 'companyMeasures', MEASURES],
    ['[EVAL.F3] measures a to d, of a department', 'departmentMeasures', { department: '仓储部', ...MEASURES }],
  ])('%s', ([, form, filled]) => {
    expect(kept(pack, form, filled)).toEqual(filled);
    for (const name of Object.keys(filled)) expect(kept(pack, form, { ...filled, [name]: undefined })).toEqual([name]);
  });
});

test('[EVAL.F2] objectives rest on law, policy, promise or technical rules', () =>
  expect(choices(pack, 'objectives', 'basis')).toEqual(['法律法规', '国家、上级和地方政策', '公司服务承诺与目标', '安全与技术规范']));
