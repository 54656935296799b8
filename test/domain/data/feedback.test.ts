import { describe, expect, test } from 'vitest';
import { departmentsFor } from '../../../domain/customer-feedback/routing.ts';
import { openersOf, resolveRole } from '../../../domain/pack.ts';
import { loadPack } from '../../../packs/load.ts';
import { alone, answers, choices, fill } from './asked.ts';

const pack = loadPack('s4-feedback');

describe('who may answer', () => {
  test.for([
    [
      '[FB.R1] the business department classifies, answers, judges, tells and records',
      '业务部',
      ['open', 'classify', 'directAnswer', 'judgement', 'plan', 'resultTold', 'filing'],
    ],
    ['[FB.R3] the person responsible plans, carries out and tells', '责任人', ['plan', 'carryOut', 'resultTold']],
    ['[FB.R8] technology takes part', '技术部', ['departmentOpinion', 'carryOut']],
    ['[FB.R9] so does the general department', '综合部', ['departmentOpinion', 'carryOut']],
  ] as const)('%s', ([, name, steps]) => expect(answers(pack, name)).toEqual(expect.arrayContaining([...steps])));

  test.for([
    ['[FB.R4] the quality department analyses, screens and investigates', '品管部', ['qualityAnalysis', 'screening', 'investigation']],
    [
      '[FB.R5] the management representative reports to the authority and follows',
      '管理代表',
      ['report', 'telephoneReport', 'reported', 'conclusion'],
    ],
    ['[FB.R6] the general manager decides solutions and approves reports', '总经理', ['plan.approve', 'report.approve']],
  ] as const)('alone: %s', ([, name, steps]) => expect(alone(pack, name)).toEqual([...steps]));

  test('[FB.R1] it speaks with the customer throughout, and assigns', () => {
    expect(pack.rules.switches['customerChannel']).toBe(resolveRole(pack, '业务部'));
    expect(pack.rules.coordinator).toEqual(['business']);
  });

  test('[FB.R3] the person responsible is somebody by name', () => {
    expect(fill(pack, 'responsiblePerson', { person: 'li.na', until: '2026-07-20 18:00' })).toMatchObject({
      ok: true,
      facts: { person: 'li.na' },
    });
    expect(resolveRole(pack, '指定责任人')).toBe('responsiblePerson');
  });

  test('[FB.R6] without the general manager no important plan and no report', () => {
    for (const severity of ['important', 'complaint'])
      expect(pack.rules.chains?.[severity]?.chain.map(({ role }) => role)).toEqual([resolveRole(pack, '总经理')]);
  });

  test.for([
    ['[FB.R4] quality', 'quality', '品管部'],
    ['[FB.R8] suggestions', 'suggestion', '技术部'],
    ['[FB.R9] transport', 'transport', '综合部'],
  ] as const)('%s go to their department', ([, content, name]) =>
    expect(departmentsFor([content], [], false)).toEqual([resolveRole(pack, name)]),
  );

  test('[FB.R11 FB.R12] management hears of the market, the authority of adverse events; neither answers anything', () => {
    const { reports } = pack.duties!;
    expect(reports?.['marketInformation']?.to).toEqual([resolveRole(pack, '管理层')]);
    expect(reports?.['authorityReport']?.to).toEqual([resolveRole(pack, '当地监管部门')]);
    for (const name of ['管理层', '当地监管部门']) expect(answers(pack, name)).toEqual([]);
  });
});

describe('classes', () => {
  test('[FB.K1 FB.K2 FB.K3] general, important, complaint, lowest first: one set at registration, classification and change', () => {
    expect(pack.rules.severities).toEqual(['general', 'important', 'complaint']);
    for (const [form, field] of [
      ['feedback', 'class'],
      ['classify', 'class'],
      ['severity', 'severity'],
    ] as const)
      expect(choices(pack, form, field)).toEqual(['一般信息', '重要信息', '顾客投诉']);
  });

  test('[FB.K1] an inquiry is general information, and the business department answers it by itself', () => {
    expect(fill(pack, 'feedback', { content: '如何校准', class: 'general', inquiry: true })).toMatchObject({
      ok: true,
      document: { inquiry: true },
    });
    expect(pack.rules.chains?.['general']).toBeUndefined();
    expect(departmentsFor(['quality'], [], true)).toEqual([]);
  });

  test('[FB.K8] before, during or after the sale', () => {
    expect(choices(pack, 'feedback', 'phase')).toEqual(['售前', '售中', '售后']);
    for (const phase of ['before', 'during', 'after'])
      expect(fill(pack, 'feedback', { content: '-', phase })).toMatchObject({ ok: true, facts: { phase } });
  });

  test('[FB.K9 FB.T4] the scope of a survey is by the number of customers, or all, or a sample', () => {
    expect(pack.rules.switches['surveyScope']).toBe('by-number-of-customers');
    expect(pack.switchLabels['surveyScope']?.options).toEqual(['by-number-of-customers', 'full', 'sample']);
  });
});

test('[FB.A2] handling and result are recorded before a feedback closes, by the business department', () => {
  expect(pack.rules.closeRequires?.['feedback']).toEqual(['filing']);
  expect(answers(pack, '业务部')).toContain('filing');
  expect(openersOf(pack, 'feedback')).toContain('customer');
});
