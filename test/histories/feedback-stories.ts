/** Every branch of a feedback, of an adverse event, of a recall and of a corrective action. */
import type { Step, Story } from './stories.ts';

const DAY_MS = 86_400_000;
const pack = 's4-feedback';
const feedback = (severity: string) => ({ pack, kind: 'feedback', by: 'business', form: { class: severity, content: '反馈' } });
const classified = (severity: string, content: string, more = {}): Step => ['business', 'classify', { class: severity, content: [content], ...more }];
const acknowledged: Step = ['business', 'acknowledgement', {}];
const letter: Step = ['businessManager', 'letter', { letter: '已收悉' }];
const responsible: Step = ['business', 'responsiblePerson', { person: 'responsiblePerson' }];
const screened = (more = {}): Step => ['quality', 'screening', { adverseEvent: false, recall: false, findings: '无', ...more }];
const cause = (fault: string, more = {}): Step => ['business', 'causeAnalysis', { cause: '包装', fault, participants: ['quality'], ...more }];
const negotiated: Step = ['office', 'negotiation', { agreed: true, result: '换货' }];
const judged = (justified: boolean): Step => ['business', 'judgement', { justified, note: '核实', ...(justified ? {} : { reason: '合同外' }) }];
const planned: Step = ['business', 'plan', { plan: '换货' }];
const decided = (version: number, decision = 'approve'): Step =>
  ['generalManager', 'plan.approve', { decision, version, ...(decision === 'reject' ? { reason: '不妥' } : {}) }];
const told: Step[] = [['generalDepartment', 'carryOut', { result: '已换' }], ['business', 'resultTold', { result: '已告知' }]];
const filed: Step = ['business', 'filing', { handling: '处理', result: '结果' }];
const answered: Step = ['business', 'directAnswer', { answer: '已说明' }];
const raised = (severity: string): Step => ['business', 'severity', { severity, note: '核实' }];
const ahead = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();
const analysed = (correctiveAction: boolean): Step => ['quality', 'qualityAnalysis', { findings: '强度', confirmed: true, correctiveAction }];
const report: Step = ['managementRepresentative', 'report', { report: '资料' }];
const approved = (version: number, decision = 'approve'): Step =>
  ['generalManager', 'report.approve', { decision, version, ...(decision === 'reject' ? { reason: '不明' } : {}) }];
const reported: Step = ['managementRepresentative', 'reported', { authority: '药监', evidence: '回执' }];
const investigated = (recall: boolean): Step => ['quality', 'investigation', { findings: '失效', recall }];
const concluded: Step = ['managementRepresentative', 'conclusion', { conclusion: '完结' }];
const event = (harm: string) => ({ pack, kind: 'adverseEvent', by: 'quality', form: { harm, description: '事件' } });
const done = (by: string): Step => [by, 'correctiveAction', { cause: '因', corrective: '纠', preventive: '防', evidence: '据' }];

export const feedbackStories: readonly Story[] = [
  { name: 'feedback-general-answered-twice', opening: feedback('general'), steps: [classified('general', 'suggestion', { departments: ['technology'] }), answered, ['business', 'opinion', { satisfied: false }], answered, filed] },
  { name: 'feedback-important-plan-rejected-once', opening: feedback('important'), steps: [acknowledged, classified('important', 'quality'), letter, responsible, analysed(true), judged(true), planned, decided(1, 'reject'), planned, decided(2), ...told, filed] },
  { name: 'feedback-complaint-our-fault', opening: feedback('complaint'), steps: [
    acknowledged, classified('complaint', 'quality'), letter, responsible, screened({ adverseEvent: true, recall: true, harm: 'serious' }), analysed(false), judged(true), cause('company', { department: 'quality' }), negotiated,
    ['office', 'qualityMeeting', { participants: ['office', 'quality'], decision: '改', owner: 'quality', dueAt: ahead(30), correctiveAction: true }], planned, decided(1), ...told, filed,
  ] },
  { name: 'feedback-complaint-not-our-fault', opening: feedback('complaint'), steps: [classified('complaint', 'quality'), cause('carrier'), judged(true), negotiated, planned] },
  { name: 'feedback-unjustified', opening: feedback('complaint'), steps: [classified('complaint', 'service'), letter, responsible, screened(), judged(false), ['business', 'tactfulAnswer', { answer: '委婉' }], filed] },
  { name: 'feedback-unjustified-then-judged-anew', opening: feedback('complaint'), steps: [classified('complaint', 'service'), judged(false), judged(true), cause('customer'), negotiated] },
  { name: 'feedback-class-up-and-down', opening: feedback('general'), steps: [classified('general', 'quality'), raised('complaint'), judged(true), raised('general'), answered, raised('important'), judged(true), planned, raised('general'), decided(1)] },
  { name: 'feedback-entered-late', daysAgo: 30, opening: feedback('complaint'), steps: [['business', 'classify', { class: 'complaint', content: ['service'] }]] },
  { name: 'adverse-event-reported-twice', opening: event('serious'), steps: [report, approved(1, 'reject'), report, approved(2), reported, investigated(true), ['managementRepresentative', 'tracking', { note: '补报', reportAgain: true }], report, approved(3), reported, concluded] },
  { name: 'adverse-event-of-a-group', opening: event('group'), steps: [['managementRepresentative', 'telephoneReport', { authority: '药监', evidence: '记录' }], report, approved(1), reported] },
  { name: 'recall-approved-and-followed', opening: { pack, kind: 'recall', by: 'quality', form: { reason: '批次', product: '仪', batches: '01' } }, steps: [investigated(false), report, approved(1), reported, concluded] },
  { name: 'capa-not-done-then-done', opening: { pack, kind: 'capa', by: 'quality', form: { finding: '事实', owner: 'technology', dueAt: ahead(20) } }, steps: [done('technology'), ['quality', 'verification', { carriedOut: false, finding: '未' }], ['quality', 'actionOwner', { owner: 'office', dueAt: ahead(9) }], done('office'), ['quality', 'verification', { carriedOut: true, finding: '已', effectCheckAt: ahead(40) }]] },
  { name: 'capa-without-effect', daysAgo: 40, opening: { pack, kind: 'capa', by: 'quality', form: { finding: '事实' } }, steps: [
    ['quality', 'actionOwner', { owner: 'technology', dueAt: ahead(-20) }, { daysAgo: 39 }], [...done('technology').slice(0, 3), { daysAgo: 30 }] as unknown as Step,
    ['quality', 'verification', { carriedOut: true, finding: '已', effectCheckAt: ahead(-10) }, { daysAgo: 29 }], ['quality', 'effectCheck', { effective: false, finding: '再发' }, { daysAgo: 5 }],
  ] },
];
