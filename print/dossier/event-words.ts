/** An event of the record in one line, as an auditor reads it. */
import type { AnyEvent, EventKind } from '../../domain/case/event.ts';
import type { CaseFile } from '../case/case-file.ts';
import { sayRoles } from '../case/parts.ts';
import { limitName, personName, roleName, sayField, stepName } from '../case/words.ts';
import type { FactValue, FormField } from '../../domain/form.ts';
import { sayDue, sayInstant, sayYuan } from '../kit/say.ts';
import { EFFECTS, ENDS, FACTS, STAGES } from './names.ts';

type Say<K extends EventKind> = (data: Extract<AnyEvent, { kind: K }>['data'], file: CaseFile) => string;

const OUTCOMES = { approved: '批准', rejected: '退回', superseded: '被新版本取代' } as const;
const clockLimit = (clock: string, file: CaseFile): string => limitName(clock.slice(0, clock.lastIndexOf('#')), file);
const taskStep = (task: string, file: CaseFile): string => stepName(task.slice(0, task.lastIndexOf('#')), file);

const words: { readonly [K in EventKind]: Say<K> } = {
  opened: ({ pack }) => `受理登记，依 ${pack.id} ${pack.version} 版`,
  'task-opened': ({ step, by, escalation }, file) =>
    `${escalation ? '升级事项' : '待办'}：${stepName(step, file)}（${sayRoles(by, file)}）`,
  submitted: ({ step, unrecorded }, file) => `办理：${stepName(step, file)}${unrecorded ? '（旧档未载明时间与人员）' : ''}`,
  'task-lapsed': ({ task }, file) => `不再办理：${taskStep(task, file)}`,
  assigned: ({ task, person }, file) => `派单：${taskStep(task, file)} → ${personName(person, file)}`,
  'clock-started': ({ limit, dueAt, provisional }, file) =>
    `开始计时：${limitName(limit, file)}，${provisional ? '暂定 ' : ''}${sayDue(dueAt)} 到期`,
  'clock-met': ({ clock }, file) => `如期：${clockLimit(clock, file)}`,
  'clock-breached': ({ limit, dueAt }, file) => `超时：${limitName(limit, file)}，应于 ${sayDue(dueAt)} 前`,
  'clock-late': ({ clock }, file) => `逾期完成：${clockLimit(clock, file)}，超时记录不变`,
  'clock-excused': ({ clock }, file) => `更正：${clockLimit(clock, file)} 实未超时`,
  'clock-moved': ({ clock, from, to }, file) => `延长：${clockLimit(clock, file)} 由 ${sayDue(from)} 至 ${sayDue(to)}`,
  rebased: ({ pack, calendar }) =>
    `改按${pack === undefined ? '' : ` ${pack.id} ${pack.version} 版`}${calendar === undefined ? '' : ` 日历 ${calendar.version} 版`}`,
  'clock-recomputed': ({ clock, from, to }, file) => `重新计算：${clockLimit(clock, file)} 由 ${sayDue(from)} 至 ${sayDue(to)}`,
  'clock-stopped': ({ clock }, file) => `停止计时：${clockLimit(clock, file)}`,
  reminded: ({ clock, roles }, file) => `提醒：${clockLimit(clock, file)}（${sayRoles(roles, file)}）`,
  warned: ({ limit, role, roles = [role] }, file) => `预警：${limitName(limit, file)}（${sayRoles(roles, file)}）`,
  notified: ({ limit, role, roles = [role] }, file) => `超时告知：${limitName(limit, file)}（${sayRoles(roles, file)}）`,
  escalated: ({ limit, role }, file) => `超时升级：${limitName(limit, file)}（${roleName(role, file)}）`,
  skipped: ({ limit }, file) => `因系统停摆略过告知：${limitName(limit, file)}`,
  digested: ({ limit }, file) => `系统停摆后一并告知：${limitName(limit, file)}`,
  nudged: ({ task, from }, file) => `催办（${from === 'customer' ? '应客户要求' : '统一受理部门'}）：${taskStep(task, file)}`,
  proposed: ({ name, version, amount }, file) =>
    `提出${stepName(name, file)}第 ${version} 版${amount === undefined ? '' : `，${sayYuan(amount)}`}`,
  decided: ({ proposal: { name, version }, act, decision }, file) =>
    `${act === 'approve' ? '审批' : '审核'}${stepName(name, file)}第 ${version} 版：${decision === 'approve' ? '同意' : '不同意'}`,
  'proposal-settled': ({ name, version, outcome }, file) => `${stepName(name, file)}第 ${version} 版：${OUTCOMES[outcome]}`,
  'round-started': ({ round }) => `第 ${round} 轮开始`,
  'stage-entered': ({ stage }, file) => `进入阶段：${STAGES[stage] ?? stepName(stage, file)}`,
  'severity-set': ({ severity }, { pack }) =>
    `等级：${pack?.forms['severity']?.fields.find(({ name }) => name === 'severity')?.optionLabels?.[severity]?.zh ?? severity}`,
  known: (facts, file) =>
    `据此认定：${Object.entries(facts)
      .map(([name, value]) => sayFact(name, value, file))
      .join('；')}`,
  told: ({ role }, file) => `通知：${roleName(role, file)}`,
  'effect-asked': ({ effect, ordinal }, file) => `执行：${effectName(effect, file)}${ordinal > 1 ? `（${ordinal}）` : ''}`,
  'effect-done': ({ effect, ordinal }, file) => `完成：${effectName(effect, file)}${ordinal > 1 ? `（${ordinal}）` : ''}`,
  ended: ({ reason }) => `提前结束：${ENDS[reason]}`,
  closed: () => '办结',
};

/** A fact is called as the form calls it that it came from, and its value is said as that form says it. */
function sayFact(name: string, value: FactValue, file: CaseFile): string {
  const field = fieldsOf(file).find((one) => one.name === name);
  const called = field?.zh ?? FACTS[name] ?? name;
  return `${called} ${field === undefined ? sayPlain(name, value, file) : sayField(field, value, file)}`.trimEnd();
}

const fieldsOf = ({ pack }: CaseFile): FormField[] => Object.values(pack?.forms ?? {}).flatMap(({ fields }) => [...fields]);

/** Amounts are the only numbers that a case holds for true under a name of its own. */
const AMOUNTS = new Set(['approvedEstimate', 'finalAccount', 'settlement', 'quoted', 'refunded']);

function sayPlain(name: string, value: FactValue, file: CaseFile): string {
  if (typeof value === 'boolean') return value ? '是' : '否';
  if (typeof value === 'number') return AMOUNTS.has(name) ? sayYuan(value) : /From$|At$/.test(name) ? sayInstant(value) : String(value);
  const words = typeof value === 'string' ? [value] : value;
  return words.map((word) => roleName(word, file)).join('、');
}

/** A case of another kind that it opens is named by its kind. */
const effectName = (effect: string, { pack }: CaseFile): string =>
  effect.startsWith('open:') ? `立案：${pack?.kinds[effect.slice(5)]?.zh ?? effect.slice(5)}` : (EFFECTS[effect] ?? effect);

export function sayEvent(event: AnyEvent, file: CaseFile): string {
  const say = words[event.kind] as Say<EventKind>;
  return `${say(event.data, file)}${event.outside === true ? '（未经受理台）' : ''}${event.past === true ? '（补录旧档）' : ''}`;
}

/** Instants of an event: when it happened, and when the system learnt it where that is another time. */
export const sayTimes = ({ occurredAt, recordedAt }: AnyEvent): [occurred: string, recorded: string] => [
  sayInstant(occurredAt),
  sayInstant(recordedAt),
];
