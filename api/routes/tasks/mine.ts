/** GET /api/tasks */
import { z } from 'zod';
import { tasksFor, type TaskRow } from '../../../db/read/tasks.ts';
import type { Reader } from '../../../domain/case/concern.ts';
import type { Pack } from '../../../domain/pack.ts';
import { atLeastAmong, atLeastOf } from '../../http/at-least.ts';
import { fromCursor, page } from '../../http/cursor.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { emergenciesToDo } from '../../http/emergencies.ts';
import { pinnedPack } from '../../http/pack.ts';
import { jointAct, jointView } from '../../joint/answer.ts';
import { jointActsToDo } from '../../joint/judge.ts';
import { me } from '../../plugins/auth.ts';
import { emergencyToDo } from '../../schemas/authority.ts';
import { instant, label, next, paging, secrecy } from '../../schemas/common.ts';
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
const inbox = z.object({
  items: z.array(myTask),
  next,
  emergencies: z.array(emergencyToDo).describe('Emergency grants that wait for me to grant or review them; with the first page'),
  jointActs: z.array(jointAct).describe('Acts of administrators that wait for me to confirm or refuse them; with the first page'),
});
export const alsoOptional = z.enum(['true', 'false']).default('false').describe('Also what may be done without being owed');
const query = z.strictObject({ ...paging, ...atLeastOf, optional: alsoOptional });
const after = z.strictObject({ due: z.number().nullable(), number: z.string(), task: z.string() });

export const taskRoute: Routes = async (app, { db, rules, clock }) => {
  app.get(
    '/api/tasks',
    {
      schema: {
        ...about(described),
        querystring: query,
        response: { 200: inbox, ...problemsOf(described) },
      },
    },
    async (request) => {
      const { limit, cursor, optional } = request.query;
      await atLeastAmong(db, request);
      const rows = await tasksFor(db, me(request), { limit, optional: optional === 'true', after: fromCursor(after, cursor) });
      const { items, next: cursorOfNext } = page(rows, limit, (t) => ({
        due: t.due_at?.getTime() ?? null,
        number: t.case_number,
        task: t.task_id,
      }));
      const pinned = new Map<string, Pack | undefined>();
      for (const { pack_hash: hash } of items) if (!pinned.has(hash)) pinned.set(hash, await pinnedPack(rules, hash));
      const first = cursor === undefined;
      const waiting = first ? await emergenciesToDo({ db, rules }, request, clock()) : [];
      const joint = first ? await jointActsToDo({ db, rules, clock }, me(request)) : [];
      return {
        items: items.map((t) => view(t, pinned.get(t.pack_hash), me(request))),
        next: cursorOfNext,
        emergencies: waiting.map(({ row, waitsFor }) => ({ ...emergencyView(row, clock()), waitsFor })),
        jointActs: joint.map((act) => jointView(act, clock())),
      };
    },
  );
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
