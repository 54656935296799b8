/** What the text says, in both languages. */
import type { LimitFigures, TotalName } from './report.ts';

export interface Words {
  head(candidate: string, against: string, cases: number, asOf: string): string;
  audit(compared: number, different: number, notCompared: number): string;
  readonly totals: string;
  readonly total: Readonly<Record<TotalName, string>>;
  readonly limits: string;
  readonly status: Readonly<Record<LimitFigures['status'], string>>;
  newlyBroken(n: number): string;
  noLongerBroken(n: number): string;
  notEvaluable(n: number): string;
  readonly rungs: string;
  approvals(n: number): string;
  readonly act: Readonly<Record<'review' | 'approve', string>>;
  excused(n: number): string;
  open(n: number): string;
  withoutVerdict(n: number): string;
  notReEvaluated(names: string): string;
}

export const ZH: Words = {
  head: (candidate, against, cases, asOf) => `候选制度包 ${candidate},对 ${against} 的 ${cases} 件案件,截至 ${asOf}(记录 → 候选)`,
  audit: (compared, different, notCompared) =>
    `核对:${compared} 件与其自身制度包重算${different === 0 ? '一致' : `,${different} 件 记录 ≠ 重算`}${notCompared === 0 ? '' : `;${notCompared} 件未核对(制度包不在手或中途变更)`}`,
  totals: '合计',
  total: {
    clocks: '时钟',
    met: '按时',
    breaches: '超时(有效)',
    late: '其中:逾期完成',
    overdue: '其中:未完成',
    excused: '更正',
    open: '进行中',
    stopped: '无结论终止',
    reminded: '提醒',
    warned: '预警',
    notified: '通知',
    escalated: '升级',
    digested: '停摆后合并通知',
    approvals: '审批方案版本',
  },
  limits: '各时限的超时',
  status: { kept: '未变', changed: '有变', added: '新增', dropped: '取消' },
  newlyBroken: (n) => `新增超时 ${n}`,
  noLongerBroken: (n) => `不再超时 ${n}`,
  notEvaluable: (n) => `无记录可判:${n} 件`,
  rungs: '各级通知与升级',
  approvals: (n) => `审批易人:${n}`,
  act: { review: '审核', approve: '批准' },
  excused: (n) => `更正 ${n}`,
  open: (n) => `未到期 ${n}`,
  withoutVerdict: (n) => `无结论 ${n}`,
  notReEvaluated: (names) => `下列差异会改变办理路径,记录中无从判断,未重算:${names}`,
};

export const EN: Words = {
  head: (candidate, against, cases, asOf) =>
    `candidate ${candidate} over ${cases} cases of ${against}, as of ${asOf} (recorded → candidate)`,
  audit: (compared, different, notCompared) =>
    `audit: ${compared} cases judged again by their own rules: ${different === 0 ? 'equal to the record' : `${different} recorded ≠ recomputed`}${notCompared === 0 ? '' : `; ${notCompared} not compared (rules not at hand, or changed on the way)`}`,
  totals: 'totals',
  total: {
    clocks: 'clocks',
    met: 'in time',
    breaches: 'breaches that stand',
    late: 'of them done late',
    overdue: 'of them never done',
    excused: 'excused',
    open: 'open',
    stopped: 'ended without verdict',
    reminded: 'reminded',
    warned: 'warned',
    notified: 'notified',
    escalated: 'escalated',
    digested: 'told in one notice after an outage',
    approvals: 'versions to approve',
  },
  limits: 'breaches per limit',
  status: { kept: 'kept', changed: 'changed', added: 'added', dropped: 'dropped' },
  newlyBroken: (n) => `newly broken: ${n}`,
  noLongerBroken: (n) => `no longer broken: ${n}`,
  notEvaluable: (n) => `nothing in the record to judge by: ${n} cases`,
  rungs: 'told, per limit, rung and role',
  approvals: (n) => `approvals that change hands: ${n}`,
  act: { review: 'review', approve: 'approve' },
  excused: (n) => `${n} excused`,
  open: (n) => `${n} not due`,
  withoutVerdict: (n) => `${n} without verdict`,
  notReEvaluated: (names) => `not judged, because cases would have gone another way and no record shows which: ${names}`,
};
