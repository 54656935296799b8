/**
 * Registers that are views over cases: nobody keeps them beside the cases, so they cannot say anything else. Which cases stand in
 * one, by which instant they are put in order, and what is shown of the forms filed in them.
 */
import type { Label, StepId } from '../pack.ts';

/** A case stands in a view when one of its `when` holds; all that one says must hold. */
export interface When {
  /** These, and what extends them. */
  readonly packs?: readonly string[];
  readonly kinds?: readonly string[];
  /** A form was filed at this step at any time, in any round, with this among its facts (or at all). */
  readonly filed?: { readonly step: StepId; readonly facts?: Readonly<Record<string, string | boolean | readonly string[]>> };
}

export interface ViewColumn extends Label {
  readonly name: string;
  /** Of the form filed at this step; `all`: of every one, in order, else of the last. */
  readonly steps: readonly StepId[];
  readonly field: string;
  readonly all?: true;
}

export interface CaseView extends Label {
  readonly name: string;
  readonly clause: string;
  /** Newest first by this instant; `closed`: closed cases only. */
  readonly by: 'opened' | 'closed';
  readonly when: readonly When[];
  readonly columns: readonly ViewColumn[];
  /** The fact of its `filed` that names the customer file, where the view can be narrowed to one. */
  readonly customer?: string;
}

const CS19 = ['s3-cs19'];
const openedWith = (zh: string, en: string, name: string, field = name): ViewColumn => ({ name, zh, en, steps: ['open'], field });
const customer = openedWith('客户', 'customer', 'customerName');
const channel = openedWith('来源', 'channel', 'channel');
const content = openedWith('内容', 'content', 'summary');

export const caseViews: readonly CaseView[] = [
  {
    // Uniform number, complaint from any channel, class and responsible department; of what is unsolved how it is handled [CS19.F1].
    name: 'calls',
    zh: '来电、来访登记表',
    en: 'call and visit register',
    clause: '3.4.3, 3.4.4',
    by: 'opened',
    when: [{ packs: CS19, kinds: ['repair', 'other'] }],
    columns: [
      channel,
      customer,
      openedWith('电话', 'telephone', 'telephone'),
      openedWith('房号', 'unit', 'unit'),
      content,
      { name: 'department', zh: '责任部门', en: 'responsible department', steps: ['route'], field: 'department' },
      { name: 'handling', zh: '处理过程', en: 'process notes', steps: ['registerNote'], field: 'note', all: true },
    ],
  },
  {
    name: 'suggestions',
    zh: '意见建议登记表',
    en: 'suggestions',
    clause: '一(一), 1.2',
    by: 'opened',
    when: [
      { packs: ['s0-ts16949', 's3-std'], kinds: ['suggestion'] },
      { packs: ['s2-cement'], kinds: ['opinion'] },
      { packs: ['s4-feedback'], filed: { step: 'classify', facts: { content: 'suggestion' } } },
    ],
    columns: [
      channel,
      openedWith('建议人', 'suggested by', 'suggestedBy'),
      customer,
      content,
      openedWith('建议内容', 'what is suggested', 'content'),
    ],
  },
  {
    name: 'early-warnings',
    zh: '预警信息',
    en: 'early warnings',
    clause: '3.7.4',
    by: 'opened',
    when: [{ packs: CS19, filed: { step: 'earlyWarning' } }],
    columns: [
      { name: 'warning', zh: '预警内容', en: 'what may become a major complaint', steps: ['earlyWarning'], field: 'warning', all: true },
      customer,
      content,
    ],
  },
  {
    // Whoever was dissatisfied once stays in it, also when the next round satisfied them.
    name: 'dissatisfied',
    zh: '不满意客户',
    en: 'dissatisfied customers',
    clause: '3.7.5.9',
    by: 'opened',
    when: [
      { packs: CS19, filed: { step: 'followUp', facts: { satisfied: false } } },
      { packs: CS19, filed: { step: 'followUp', facts: { degree: ['dissatisfied', 'seriouslyDissatisfied'] } } },
      { packs: ['s2-cement'], filed: { step: 'satisfaction', facts: { complainantSatisfied: false } } },
      { packs: ['s0-ts16949', 's4-feedback'], filed: { step: 'opinion', facts: { satisfied: false } } },
      { packs: ['s3-std'], filed: { step: 'confirmation', facts: { satisfied: false } } },
    ],
    columns: [
      customer,
      openedWith('电话', 'telephone', 'telephone'),
      { name: 'degree', zh: '满意程度', en: 'degree of satisfaction', steps: ['followUp'], field: 'degree', all: true },
      { name: 'remark', zh: '客户意见', en: 'remark', steps: ['followUp'], field: 'remark', all: true },
      { name: 'whyNot', zh: '不满意的原因', en: 'why not', steps: ['satisfaction'], field: 'whyNot', all: true },
    ],
  },
  {
    name: 'hand-over',
    zh: '验楼、接楼事项',
    en: 'matters of inspection and hand-over',
    clause: '3.4.1',
    by: 'opened',
    when: [{ packs: CS19, filed: { step: 'open', facts: { phase: ['inspection', 'handOver'] } } }],
    columns: [openedWith('阶段', 'phase', 'phase'), openedWith('房号', 'unit', 'unit'), customer, content],
  },
  {
    // What was done for a customer: the list of services of the customer's file [TS.F1].
    name: 'customer-services',
    zh: '客户服务记录',
    en: 'services to customers',
    clause: '6.2, 6.5.3',
    by: 'opened',
    when: [{ packs: ['s0-ts16949'], filed: { step: 'serviceRecord' } }],
    customer: 'customerFile',
    columns: [
      { name: 'customerFile', zh: '客户服务档案编号', en: 'customer file', steps: ['serviceRecord'], field: 'customerFile' },
      { name: 'object', zh: '服务对象', en: 'object', steps: ['serviceRecord'], field: 'object', all: true },
      { name: 'content', zh: '服务内容', en: 'content', steps: ['serviceRecord'], field: 'content', all: true },
      { name: 'manner', zh: '服务方式', en: 'manner', steps: ['serviceRecord'], field: 'manner', all: true },
      { name: 'finishedAt', zh: '服务结束时间', en: 'finished', steps: ['serviceRecord'], field: 'finishedAt', all: true },
      { name: 'staff', zh: '服务人员', en: 'staff', steps: ['serviceRecord'], field: 'staff', all: true },
      { name: 'degree', zh: '服务验证', en: 'verification', steps: ['verification'], field: 'degree', all: true },
    ],
  },
  {
    name: 'year-file',
    zh: '年度案宗',
    en: 'closed cases by year',
    clause: '信息反馈(一)',
    by: 'closed',
    when: [{}],
    columns: [{ name: 'filedIn', zh: '案宗年度', en: 'year of the file', steps: ['filing'], field: 'year' }, customer, content],
  },
];

/** The view of one customer's file; undefined when the view knows no customers. */
export function viewOf(view: CaseView, customer: string | undefined): CaseView | undefined {
  const { customer: fact, when } = view;
  if (customer === undefined) return view;
  if (fact === undefined) return undefined;
  const narrowed = when.map((one) =>
    one.filed === undefined ? one : { ...one, filed: { ...one.filed, facts: { ...one.filed.facts, [fact]: customer } } },
  );
  return { ...view, when: narrowed };
}

export const viewNames = caseViews.map(({ name }) => name);
