/** 《客户满意度调查表》 (3.7.5.5): what is asked is fitted to the stage the customer is in; answered, or to be written in by hand. */
import type { CasePrint } from '../case/form.ts';
import type { CaseFile } from '../case/case-file.ts';
import type { Block } from '../kit/sheet.ts';
import { caseBlock } from './case-block.ts';
import { surveyAnswers } from './property.ts';

const DEGREES = ['很满意', '满意', '一般', '不满意', '严重不满意'] as const;

/** By stage of the opening form; what does not say its stage is asked of all of them. */
const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  inspection: ['验楼安排与陪同', '房屋观感质量', '问题登记与答复'],
  handOver: ['接楼手续与接待', '房屋与设备完好', '资料与使用说明'],
  warranty: ['受理与联系的及时', '维修质量', '服务态度', '维修期限', '对处理结果'],
};

function questionnaire(file: CaseFile): readonly Block[] {
  const phase = file.state.answers['open']?.['phase'];
  const asked = (typeof phase === 'string' ? QUESTIONS[phase] : undefined) ?? Object.values(QUESTIONS).flat();
  return [
    { kind: 'heading', text: '调查内容（请在相应栏内打“√”）' },
    {
      kind: 'grid',
      head: ['项目', ...DEGREES],
      widths: [35, 13, 13, 13, 13, 13],
      rows: asked.map((item) => [item, ...DEGREES.map(() => '')]),
    },
    {
      kind: 'pairs',
      pairs: [
        { label: '不满意的项目及原因', value: '\n\n', wide: true },
        { label: '意见与建议', value: '\n\n', wide: true },
        { label: '整改和采纳情况', value: '\n\n', wide: true },
      ],
      signatures: [{ label: '客户' }, { label: '调查人' }],
    },
  ];
}

const clause = '3.7.5.5-3.7.5.9';
const workflows = ['propertyRepair', 'otherComplaint'];

export const satisfactionPrints: readonly CasePrint[] = [
  {
    id: 'satisfaction-survey',
    title: '《客户满意度调查表》',
    en: 'satisfaction survey, as answered',
    clause,
    workflows,
    needs: 'followUp',
    parts: [
      { blocks: caseBlock },
      { step: 'open', heading: '客户与事项' },
      { step: 'completion', heading: '客户签署的维修意见', signed: '登记人' },
      { step: 'followUp', heading: '满意程度与意见', signed: '调查人', each: true },
    ],
  },
  {
    id: 'satisfaction-survey-blank',
    title: '《客户满意度调查表》',
    en: 'satisfaction survey, to be filled in by hand',
    clause,
    workflows,
    parts: [{ blocks: caseBlock }, { blocks: surveyAnswers }, { blocks: questionnaire }],
  },
];
