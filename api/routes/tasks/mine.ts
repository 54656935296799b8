/** GET /api/tasks */
import { z } from 'zod';
import { kindName, roleNames, severityName, stageName, text, time, whole, words, yes } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { cut } from '../../http/cursor.ts';
import { tasksFor, type TaskRow } from '../../../db/read/tasks.ts';
import type { Reader } from '../../../domain/case/concern.ts';
import type { Pack } from '../../../domain/pack.ts';
import { atLeastAmong, atLeastOf } from '../../http/at-least.ts';
import type { Described } from '../../http/describe.ts';
import { emergenciesToDo } from '../../http/emergencies.ts';
import { pinnedPack } from '../../http/pack.ts';
import { jointAct, jointView } from '../../joint/answer.ts';
import { jointActsToDo } from '../../joint/judge.ts';
import { me } from '../../plugins/auth.ts';
import { emergencyToDo } from '../../schemas/authority.ts';
import { instant, label, secrecy } from '../../schemas/common.ts';
import { emergencyView } from '../../view/emergency.ts';
import { secrecyOfCase } from '../../view/secrecy.ts';
import { stepLabel } from '../../view/case.ts';
import { iso, isoOfDate } from '../../view/instants.ts';
import type { Routes } from '../routes.ts';

const described: Described = {
  id: 'listMyTasks',
  tag: 'tasks',
  summary: 'Open tasks of my roles, or assigned to me',
  problems: ['bad-cursor', 'not-yet'],
  description: 'Earliest due first. Escalations are among them and flagged. A task assigned to somebody else is theirs alone.',
};
const myTask = z.object({
  case: z.string(),
  pack: z.string(),
  kind: z.string(),
  stage: z.string(),
  severity: z.string(),
  unit: z.string().nullable(),
  id: z.string(),
  step: z.string(),
  label: label.nullable(),
  clause: z.string().nullable(),
  roles: z.array(z.string()),
  round: z.number().int(),
  optional: z.boolean(),
  escalation: z.boolean(),
  holder: z.string().nullable(),
  openedAt: instant,
  dueAt: instant.nullable(),
  breached: z.boolean(),
  provisional: z.boolean(),
  secrecy: secrecy.describe('Secrecy label of the case'),
});
const firstPage = {
  emergencies: z.array(emergencyToDo).describe('Emergency grants that wait for me to grant or review them; with the first page'),
  jointActs: z.array(jointAct).describe('Acts of administrators that wait for me to confirm or refuse them; with the first page'),
};
const alsoOptional = z.enum(['true', 'false']).default('false').describe('Also what may be done without being owed');
const after = z.strictObject({ due: z.number().nullable(), number: z.string(), task: z.string() });

export const taskRoute: Routes = async (app, deps) => {
  const { db, rules, clock } = deps;
  addList(app, deps, {
    url: '/api/tasks',
    said: described,
    file: { zh: '我的任务', en: 'my tasks' },
    filter: { optional: alsoOptional },
    only: atLeastOf,
    cursor: after,
    item: myTask,
    more: firstPage,
    columns: {
      case: text('案件编号', 'case'),
      pack: text('制度包', 'pack'),
      kind: kindName('类型', 'kind'),
      stage: stageName('阶段', 'stage'),
      severity: severityName('等级', 'severity'),
      unit: text('房号或部门', 'unit'),
      id: text('任务编号', 'task'),
      step: [],
      label: { zh: '任务', en: 'step', type: 'text', of: (label, { step }, { lang }) => label?.[lang] ?? step },
      clause: text('条款', 'clause'),
      roles: roleNames('岗位', 'roles'),
      round: whole('轮次', 'round'),
      optional: yes('可选', 'optional'),
      escalation: yes('升级', 'escalation'),
      holder: text('承办人', 'holder'),
      openedAt: time('开始时间', 'opened'),
      dueAt: time('到期时间', 'due'),
      breached: yes('已超时', 'breached'),
      provisional: yes('时限待定', 'due provisional'),
      secrecy: words('密级', 'secrecy'),
    },
    page: async ({ request, query: { optional }, limit, after: last, as }) => {
      await atLeastAmong(db, request);
      const rows = await tasksFor(db, me(request), { limit, optional: optional === 'true', after: last });
      const pinned = new Map<string, Pack | undefined>();
      for (const { pack_hash: hash } of rows) if (!pinned.has(hash)) pinned.set(hash, await pinnedPack(rules, hash));
      const afterOf = (t: TaskRow) => ({ due: t.due_at?.getTime() ?? null, number: t.case_number, task: t.task_id });
      const first = last === undefined && as.export === undefined;
      const waiting = first ? await emergenciesToDo({ db, rules }, request, clock()) : [];
      const joint = first ? await jointActsToDo({ db, rules, clock }, me(request)) : [];
      const emergencies = waiting.map(({ row, waitsFor }) => ({ ...emergencyView(row, clock()), waitsFor }));
      const page = cut(rows, limit, afterOf, (t) => view(t, pinned.get(t.pack_hash), me(request)));
      return { ...page, more: { emergencies, jointActs: joint.map((act) => jointView(act, clock())) } };
    },
  });
};

function view(t: TaskRow, pack: Pack | undefined, reader: Reader) {
  return {
    case: t.case_number,
    pack: t.pack_id,
    kind: t.kind,
    stage: t.stage,
    severity: t.severity,
    unit: t.unit,
    id: t.task_id,
    step: t.step,
    label: stepLabel(t.step, pack),
    clause: t.clause,
    roles: t.roles,
    round: t.round,
    optional: t.optional,
    escalation: t.escalation,
    holder: t.holder,
    openedAt: iso(t.opened_at.getTime()),
    dueAt: isoOfDate(t.due_at),
    breached: t.breached,
    provisional: t.provisional,
    secrecy: secrecyOfCase({ pack: t.pack_id, kind: t.kind, label: t.label }, reader),
  };
}
