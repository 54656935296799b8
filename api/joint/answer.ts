/** How an act of two administrators is told. */
import { z } from 'zod';
import type { FastifyReply } from 'fastify';
import type { JointAct } from '../../db/joint-acts.ts';
import { statusOf } from '../../domain/authority/joint-act.ts';
import type { Instant } from '../../domain/time.ts';
import { instant } from '../schemas/common.ts';
import { iso } from '../view/instants.ts';

const texts = z.array(z.string());

export const jointAct = z.object({
  id: z.string(),
  kind: z.enum(['roles', 'link', 'identity', 'erasure']),
  person: z.string().nullable().describe('Whom it benefits'),
  pack: z.string().nullable(),
  what: z
    .object({
      roles: texts.describe('`sales`, or `sales@estates/XQ-1`: these and no others of the pack'),
      had: texts.describe('Those held when it was asked for'),
      issuer: z.string(),
      subject: z.string(),
      of: z.string(),
      subjects: z.number().int(),
      reason: z.string(),
      despite: z.string(),
    })
    .partial()
    .nullable()
    .describe('null: whoever asked was erased'),
  askedBy: z.string(),
  askedAt: instant,
  until: instant.describe('Until then a second person may confirm it'),
  status: z.enum(['waiting', 'confirmed', 'refused', 'taken-back', 'over']),
  alone: z.boolean().describe('There had never been a second administrator'),
  endedBy: z.string().nullable(),
  endedAt: instant.nullable(),
});

export function jointView(act: JointAct, at: Instant): z.output<typeof jointAct> {
  const { id, kind, person, packId: pack, body, askedBy, alone, endedBy, endedAt } = act;
  return {
    ...{ id, kind, person, pack, askedBy, endedBy },
    what: body === undefined ? null : mutable(body),
    askedAt: iso(act.at),
    until: iso(act.endsAt),
    status: statusOf(act, at),
    alone: alone === 'sole-administrator',
    endedAt: endedAt === null ? null : iso(endedAt),
  };
}

/** 202 and how it stands, while it is not in force; undefined when it is. */
export function notInForce(reply: FastifyReply, act: JointAct, at: Instant): z.output<typeof jointAct> | undefined {
  if (act.outcome === 'confirmed') return undefined;
  void reply.code(202);
  return jointView(act, at);
}

function mutable(body: NonNullable<JointAct['body']>): NonNullable<z.output<typeof jointAct>['what']> {
  return 'roles' in body ? { roles: [...body.roles], had: [...body.had] } : { ...body };
}
