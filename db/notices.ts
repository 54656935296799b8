/** Which events tell somebody something: they become outbox rows in the record's own transaction. */
import { sql, type RawBuilder } from 'kysely';
import type { AnyEvent, RungFired, RungRef } from '../domain/case/event.ts';

export interface Notice {
  readonly recipient: string;
  readonly kind: string;
  readonly body: Record<string, unknown>;
}

/** Recipients are roles, or persons where somebody holds the task; who holds a role is resolved when the row is written. */
export function noticesOf(event: AnyEvent): Notice[] {
  switch (event.kind) {
    case 'told':
      return [{ recipient: event.data.role, kind: 'told', body: { what: event.data.what } }];
    case 'warned':
    case 'notified':
      return toWhom(event.data).map((recipient) => ({ recipient, kind: event.kind, body: rungBody(event.data) }));
    case 'escalated':
      return event.data.digest === true ? [] : [{ recipient: event.data.role, kind: event.kind, body: rungBody(event.data) }];
    case 'digested': {
      const { clock, limit, dueAt, when, rungs } = event.data;
      const body = { limit, dueAt, clock, when, rungs: rungs.map(({ role, rung }) => ({ role, rung })) };
      return rungs.flatMap(toWhom).map((recipient) => ({ recipient, kind: 'digested', body }));
    }
    case 'reminded': {
      const { clock, rung, roles, persons } = event.data;
      const body = { clock, ...(rung === undefined ? {} : { rung }) };
      return toWhom({ role: '', roles, ...(persons && { persons }) }).map((recipient) => ({ recipient, kind: 'reminded', body }));
    }
    case 'nudged': {
      const { task, from } = event.data;
      return toWhom({ role: '', ...event.data }).map((recipient) => ({ recipient, kind: 'nudged', body: { task, from } }));
    }
    case 'clock-excused':
      return event.data.tell.map((recipient) => ({ recipient, kind: 'corrected', body: { clock: event.data.clock } }));
    case 'assigned':
      return [{ recipient: `person:${event.data.person}`, kind: 'assigned', body: { task: event.data.task } }];
    default:
      return [];
  }
}

function rungBody({ limit, dueAt, clock }: RungFired): Record<string, unknown> {
  return { limit, dueAt, clock };
}

function toWhom({ role, roles = [role], persons }: Pick<RungRef, 'role' | 'roles' | 'persons'>): string[] {
  return persons === undefined ? [...roles] : persons.map((person) => `person:${person}`);
}

/** Rows of the outbox for an event: one per recipient. */
export function noticeRows(number: string, event: AnyEvent) {
  const once = new Map(noticesOf(event).map((n) => [n.recipient, n]));
  return [...once.values()].map(({ recipient, kind, body }) => ({
    case_number: number,
    seq: event.seq,
    recipient,
    kind,
    body,
    status: event.past === true ? ('told' as const) : ('pending' as const),
    created_at: new Date(event.recordedAt),
    not_before: event.notBefore === undefined ? null : new Date(event.notBefore),
  }));
}

/** The task that a notice of a case names, or that runs under the clock it names, the latest of them: step, due instant, open. As SQL. */
export function aboutOf(notice: string, file: string): RawBuilder<unknown> {
  const named = (name: string) => sql`${sql.ref(`${notice}.body`)} ->> ${name}`;
  return sql`select task.step, (extract(epoch from task.due_at) * 1000)::bigint as due, task.status = 'open' as open from task
    where task.case_number = ${sql.ref(`${file}.number`)} and (task.task_id = ${named('task')}
      or task.task_id in (select k.value ->> 'id' from jsonb_each(${sql.ref(`${file}.state`)} -> 'tasks') k where k.value ->> 'clock' = ${named('clock')}))
    order by task.opened_at desc, task.task_id desc limit 1`;
}
