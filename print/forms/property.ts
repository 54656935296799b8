/** Papers of the property developer's repairs and complaints (19.客户服务管理程序). */
import { parseYuan } from '../../domain/money.ts';
import type { CasePrint } from '../case/form.ts';
import { sayRoles } from '../case/parts.ts';
import { signed } from '../case/words.ts';
import type { CaseFile, Filed } from '../case/case-file.ts';
import { sayDue, sayInstant, sayYuan, sayYuanTwice } from '../kit/say.ts';
import type { Block, Pair } from '../kit/sheet.ts';
import { caseBlock } from './case-block.ts';

const last = (file: CaseFile, step: string): Filed | undefined => file.filed.findLast((one) => one.step === step);

const yuanOf = (filed: Filed | undefined, field: string): string => {
  const value = filed?.form[field];
  if (typeof value === 'number') return sayYuanTwice(value);
  return typeof value === 'string' ? sayYuanTwice(parseYuan(value)) : '';
};

const textOf = (filed: Filed | undefined, field: string): string => {
  const value = filed?.form[field];
  return typeof value === 'string' ? value : '';
};

/** 3.4.5: whoever had to be there, and whether they signed. The sheet with the signatures on it is a stored file. */
function jointSignatures(file: CaseFile): readonly Block[] {
  const survey = last(file, 'survey');
  const { signedBy = [], absent = [] } = (survey?.form ?? {}) as { signedBy?: readonly string[]; absent?: readonly string[] };
  return [
    { kind: 'heading', text: '会签' },
    {
      kind: 'grid',
      head: ['参加方', '会签情况', '签字'],
      widths: [30, 30, 40],
      rows: [
        ...signedBy.map((role) => [sayRoles([role], file), '已会签', '']),
        ...absent.map((role) => [sayRoles([role], file), '缺席（已注明）', '']),
      ],
    },
    { kind: 'signatures', signatures: [signed('会签表登记人', survey?.row, file)] },
  ];
}

/** 3.5.1: every order of the case; trades as the survey's form calls them. */
function workOrders(file: CaseFile): readonly Block[] {
  const trades = file.pack?.forms['survey']?.fields.find(({ name }) => name === 'trades')?.optionLabels;
  const single = file.workOrders.length === 1;
  return file.workOrders.flatMap((order): Block[] => [
    { kind: 'heading', text: single ? '派工' : `派工（${order.number}）` },
    {
      kind: 'pairs',
      pairs: [
        { label: '派工单编号', value: order.number },
        { label: '派工单类别', value: `${order.order_class}类` },
        { label: '工种', value: trades?.[order.trades]?.zh ?? order.trades },
        { label: '完成期限', value: sayDue(order.due_at.getTime()) },
        { label: '核定金额', value: sayYuanTwice(Number(order.amount)), wide: true },
      ],
    },
  ]);
}

function settlementFigures(file: CaseFile): readonly Block[] {
  const posted = file.posted ?? {};
  const figure = (label: string, name: string): Pair[] =>
    typeof posted[name] === 'number' ? [{ label, value: sayYuan(posted[name]) }] : [];
  const orderClass = file.state.known['orderClass'];
  return [
    { kind: 'heading', text: '结算' },
    {
      kind: 'pairs',
      pairs: [
        { label: '结算类别', value: typeof orderClass === 'string' ? `${orderClass}类` : '' },
        { label: '决算金额', value: yuanOf(last(file, 'finalAccount'), 'amount').replace(/（.*$/, '') },
        { label: '审核后结算金额', value: yuanOf(last(file, 'audit'), 'auditedAmount'), wide: true },
        ...figure('已付物业公司', 'paid'),
        ...figure('自质保金扣除', 'deducted'),
        ...figure('质保金不足部分', 'shortfall'),
      ],
    },
  ];
}

const propertyCases = ['propertyRepair', 'otherComplaint'];

export const propertyPrints: readonly CasePrint[] = [
  {
    id: 'call-register',
    title: '《来电、来访登记表》',
    en: 'call and visit register',
    clause: '3.4.3、3.4.4',
    workflows: propertyCases,
    parts: [
      { blocks: caseBlock },
      { step: 'open', heading: '登记内容', signed: '登记人', blank: true },
      { step: 'route', heading: '责任部门', signed: '转办人', blank: true },
      { step: 'departmentFeedback', heading: '责任部门反馈', signed: '反馈人', each: true },
      { step: 'registerNote', heading: '处理过程', signed: '记录人', each: true, blank: true },
      { step: 'solution', heading: '处理结果', signed: '处理人' },
      { step: 'customerTold', heading: '告知客户', signed: '告知人' },
      { step: 'followUp', heading: '电话回访', signed: '回访人' },
    ],
  },
  {
    id: 'survey-sheet',
    title: '《现场勘察会签表》',
    en: 'joint survey sheet',
    clause: '3.4.5',
    workflows: ['propertyRepair'],
    needs: 'survey',
    parts: [
      { blocks: caseBlock },
      { step: 'open', heading: '报修内容' },
      { step: 'inviteBuilder', heading: '通知施工单位到场', signed: '通知人' },
      { step: 'survey', heading: '勘察情况' },
      { blocks: jointSignatures },
    ],
  },
  {
    id: 'work-order',
    title: '《工程派工单》',
    en: 'work order',
    clause: '3.5.1',
    workflows: ['propertyRepair'],
    when: ({ workOrders: orders }) => orders.length > 0,
    parts: [
      { blocks: caseBlock },
      { blocks: workOrders },
      { step: 'open', heading: '维修地点与内容' },
      { step: 'survey', heading: '勘察情况' },
      { decisions: 'estimate', heading: '估价审核、审批' },
      { step: 'completion', heading: '竣工检查与客户签认', signed: '检查登记人', blank: true },
    ],
  },
  {
    id: 'final-account',
    title: '《维修工程决算书》',
    en: 'final account',
    clause: '3.5.5',
    workflows: ['propertyRepair'],
    needs: 'finalAccount',
    parts: [
      { blocks: caseBlock },
      { blocks: workOrders },
      {
        blocks: (file) => [
          { kind: 'heading', text: '决算' },
          {
            kind: 'pairs',
            pairs: [
              { label: '决算金额', value: yuanOf(last(file, 'finalAccount'), 'amount'), wide: true },
              { label: '备注', value: textOf(last(file, 'finalAccount'), 'remark'), wide: true },
            ],
            signatures: [signed('维修队长', last(file, 'finalAccount')?.row, file)],
          },
        ],
      },
      { step: 'completion', heading: '竣工检查与客户签认', signed: '检查登记人' },
      { decisions: 'estimate', heading: '估价审核、审批' },
      { decisions: 'finalAccount', heading: '决算审核、审批' },
    ],
  },
  {
    id: 'settlement',
    title: '《维修工程结算书》',
    en: 'settlement',
    clause: '3.5.6-3.5.9',
    workflows: ['propertyRepair'],
    needs: 'settlement',
    parts: [
      { blocks: caseBlock },
      { blocks: settlementFigures },
      { step: 'audit', heading: '费用审核', signed: '审核人' },
      { step: 'settlement', heading: '结算说明', signed: '结算人' },
      { step: 'builderConfirmation', heading: '施工单位确认', signed: '登记人' },
      { decisions: 'settlement', heading: '副总工程师认定' },
      { step: 'payment', heading: '付款', signed: '付款人' },
    ],
  },
  {
    id: 'equipment-use',
    title: '《产品使用情况表》',
    en: 'use of equipment after a full year',
    clause: '3.7.3',
    workflows: ['equipmentUse'],
    parts: [
      { blocks: caseBlock },
      { step: 'open', heading: '设备', signed: '登记人', blank: true },
      { step: 'equipmentUse', heading: '使用情况', signed: '物业公司填报人', blank: true },
      { step: 'equipmentUsePassed', heading: '转工程材料部', signed: '客户服务部' },
    ],
  },
];

/** Told of the call and of the signature at completion. */
export const surveyAnswers = (file: CaseFile): readonly Block[] => {
  const call = last(file, 'followUp');
  const signedAt = last(file, 'completion')?.row;
  return call === undefined && signedAt === undefined
    ? []
    : [
        { kind: 'heading', text: '已有记录' },
        {
          kind: 'pairs',
          pairs: [
            { label: '客户签认', value: signedAt === undefined ? '' : sayInstant(signedAt.event.occurredAt) },
            { label: '电话回访', value: call === undefined ? '' : sayInstant(call.row.event.occurredAt) },
          ],
        },
      ];
};
