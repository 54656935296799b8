/** A person's inbox: open tasks of their roles, or assigned to them. */
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../database.ts';
import type { Standing } from './absences.ts';
import { unitFor } from './cases.ts';
import { at, holdsRole, mySight, type Scope } from './scope.ts';

export interface TaskRow {
  readonly case_number: string;
  readonly task_id: string;
  readonly pack_id: string;
  readonly pack_hash: string;
  readonly kind: string;
  readonly stage: string;
  readonly severity: string;
  readonly unit: string | null;
  readonly step: string;
  readonly roles: string[];
  readonly round: number;
  readonly clause: string | null;
  readonly optional: boolean;
  readonly escalation: boolean;
  readonly holder: string | null;
  readonly due_at: Date | null;
  readonly breached: boolean;
  readonly provisional: boolean;
  readonly opened_at: Date;
  /** Secrecy label of the case; null: that of its kind. */
  readonly label: string | null;
}

export interface TaskAfter {
  readonly due: number | null;
  readonly number: string;
  readonly task: string;
}

export interface TaskPage {
  readonly limit: number;
  /** Also what may be done without being owed. */
  readonly optional: boolean;
  readonly after?: TaskAfter | undefined;
}

/** Earliest due first, none last; one row more than `limit`, if there is one. */
export async function tasksFor(
  db: Db,
  scope: Scope & { readonly stands?: readonly Standing[] },
  { limit, optional, after }: TaskPage,
): Promise<TaskRow[]> {
  const conditions = [
    sql<boolean>`task.status = 'open' and case_file.status = 'open'`,
    mySight(scope),
    sql<boolean>`(task.holder = ${scope.person} or (task.holder is null and ${holdsRole('case_file.pack_id', 'task.roles', scope)}) or ${standsIn(scope)})`,
    ...(optional ? [] : [sql<boolean>`(not task.optional or task.escalation)`]),
    ...(after === undefined ? [] : [beyond(after)]),
  ];
  return db
    .selectFrom('task')
    .innerJoin('case_file', 'case_file.number', 'task.case_number')
    .select([
      'task.case_number',
      'task.task_id',
      'case_file.pack_id',
      'case_file.pack_hash',
      'case_file.kind',
      'case_file.stage',
      'case_file.severity',
      'task.step',
      'task.roles',
      'task.round',
      'task.clause',
      'task.optional',
      'task.escalation',
      'task.holder',
      'task.due_at',
      'task.breached',
      'task.opened_at',
      'case_file.label',
      unitFor(scope).as('unit'),
      // Only a running clock can still change; which one is the task's, the state of the case knows.
      sql<boolean>`exists (select from clock k where k.case_number = task.case_number and k.provisional and k.status = 'running'
        and k.clock_id = case_file.state -> 'tasks' -> task.task_id ->> 'clock')`.as('provisional'),
    ])
    .where(sql<boolean>`${sql.join(conditions, sql` and `)}`)
    .orderBy('task.due_at', (o) => o.asc().nullsLast())
    .orderBy('task.case_number')
    .orderBy('task.task_id')
    .limit(limit + 1)
    .execute();
}

/** Approvals and escalations of somebody whose substitute or delegate the reader is. */
function standsIn({ stands = [] }: Scope & { readonly stands?: readonly Standing[] }): RawBuilder<boolean> {
  const each = stands.map(
    ({ pack, person, role, places, delegation }) =>
      sql`(${delegation?.steps === undefined ? sql`true` : sql`task.step = any(${[...delegation.steps]}::text[])`} and case_file.pack_id = ${pack} and ${role} = any(task.roles) and ${at('case_file.places', places === null ? {} : { places })} and (task.holder is null or task.holder = ${person}))`,
  );
  if (each.length === 0) return sql<boolean>`false`;
  const approval = sql`case_file.state #> array['tasks', task.task_id] ? 'proposal'`;
  return sql<boolean>`((${sql.join(each, sql` or `)}) and (task.escalation or ${approval}))`;
}

function beyond({ due, number, task }: TaskAfter): RawBuilder<boolean> {
  if (due === null) return sql<boolean>`(task.due_at is null and (task.case_number, task.task_id) > (${number}, ${task}))`;
  return sql<boolean>`((task.due_at, task.case_number, task.task_id) > (${new Date(due)}, ${number}, ${task}) or task.due_at is null)`;
}
