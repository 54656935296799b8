/** Who was told what: rungs of the ladder, reminders, notices of the procedure, rows of the outbox. */
import { z } from 'zod';
import type { AnyEvent } from '../../domain/case/event.ts';
import { each, one, roles, rolesNamed, type Check } from './expectation.ts';
import { clockOf, roleId, type Look } from './look.ts';

type RungEvent = Extract<AnyEvent, { kind: 'notified' | 'escalated' }>;

const rungsOf = (look: Look, kind: RungEvent['kind'], limit: string): RungEvent[] => {
  const clock = clockOf(look, limit)?.id;
  return look.events.filter((e): e is RungEvent => e.kind === kind && e.data.clock === clock);
};

/** Each role exactly once for the clock: a breach escalates once. */
function once(kind: RungEvent['kind'], limit: string, value: string | readonly string[], look: Look): Omit<Check, 'what'> {
  const wanted = one(value).map((name) => roleId(look, name));
  const found = rungsOf(look, kind, limit).map((e) => e.data.role);
  return {
    expected: `${wanted.join(', ')}, once`,
    found: found.join(', ') || 'nobody',
    held: wanted.every((role) => found.filter((r) => r === role).length === 1),
  };
}

export const escalated = each(
  'limit',
  'Who the breach was escalated to, the general manager; exactly once.',
  roles,
  (limit, value, look) => once('escalated', limit, value, look),
  rolesNamed,
);
export const notified = each(
  'limit',
  'Who was told of the breach below the general manager; exactly once.',
  roles,
  (limit, value, look) => once('notified', limit, value, look),
  rolesNamed,
);

export const notEscalated = each(
  'limit',
  'Who was told of no breach of this limit.',
  roles,
  (limit, value, look) => {
    const unwanted = one(value).map((name) => roleId(look, name));
    const found = look.events
      .filter((e): e is RungEvent => e.kind === 'escalated' || e.kind === 'notified')
      .filter((e) => e.data.limit === limit || e.data.clock === limit)
      .map((e) => e.data.role);
    return {
      expected: `not ${unwanted.join(', ')}`,
      found: found.join(', ') || 'nobody',
      held: !unwanted.some((role) => found.includes(role)),
    };
  },
  rolesNamed,
);

export const reminded = each(
  'limit',
  'How many reminders the latest clock of the limit has sent.',
  z.int().min(0),
  (limit, value, look) => {
    const clock = clockOf(look, limit)?.id;
    const found = look.events.filter((e) => e.kind === 'reminded' && e.data.clock === clock).length;
    return { expected: String(value), found: String(found), held: found === value };
  },
);

export const told = each(
  'free',
  'What the procedure has told a role: the name of one notice, or several.',
  z.union([z.string(), z.array(z.string()).min(1)]),
  (role, value, look) => {
    const found = look.events.flatMap((e) => (e.kind === 'told' && e.data.role === roleId(look, role) ? [e.data.what] : []));
    return {
      expected: one(value).join(', '),
      found: found.join(', ') || 'nothing',
      held: one(value).every((what) => found.includes(what)),
    };
  },
  (role) => [{ kind: 'role', name: role, path: [role] }],
);

export const notices = each(
  'free',
  'How many notices a role has in its inbox from this case.',
  z.int().min(0),
  (role, value, look) => {
    const found = look.notices.filter((n) => n.recipient === roleId(look, role));
    return {
      expected: String(value),
      found: `${found.length}${found.length === 0 ? '' : ` (${found.map((n) => n.kind).join(', ')})`}`,
      held: found.length === value,
    };
  },
  (role) => [{ kind: 'role', name: role, path: [role] }],
);
