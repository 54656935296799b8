/** What every paper of a case begins with. */
import type { CaseFile } from '../case/case-file.ts';
import { sayInstant } from '../kit/say.ts';
import type { Block } from '../kit/sheet.ts';

const ENDS: Readonly<Record<string, string>> = {
  completed: '办结',
  withdrawn: '客户撤回',
  duplicate: '并入重复案件',
  'opened-in-error': '误开注销',
  cancelled: '取消',
};

export const sayStatus = ({ state }: Pick<CaseFile, 'state'>): string =>
  state.status === 'open' ? '办理中' : (ENDS[state.reason ?? ''] ?? '已结');

export function sayKind({ state, pack }: Pick<CaseFile, 'state' | 'pack'>): string {
  return (pack !== undefined && Object.hasOwn(pack.kinds, state.kind) ? pack.kinds[state.kind]?.zh : undefined) ?? state.kind;
}

/** Severity as the pack's form calls it. */
export function saySeverity({ state, pack }: Pick<CaseFile, 'state' | 'pack'>): string {
  const field = pack?.forms['severity']?.fields.find(({ name }) => name === 'severity');
  return field?.optionLabels?.[state.severity]?.zh ?? state.severity;
}

export function caseBlock(file: CaseFile): readonly Block[] {
  const { state, pack } = file;
  return [
    {
      kind: 'pairs',
      pairs: [
        { label: '统一编号', value: state.number },
        { label: '受理时间', value: sayInstant(state.openedAt) },
        { label: '类别', value: sayKind(file) },
        ...(pack?.rules.severities === undefined ? [] : [{ label: '等级', value: saySeverity(file) }]),
        { label: '状态', value: sayStatus(file) },
        ...(state.round > 1 ? [{ label: '轮次', value: `第 ${state.round} 轮` }] : []),
        ...(state.closedAt === undefined ? [] : [{ label: '办结时间', value: sayInstant(state.closedAt) }]),
      ],
    },
  ];
}
