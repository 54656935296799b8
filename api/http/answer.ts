/** From the desk's reply to an HTTP answer: 2xx with a verdict only for what is decided and recorded. */
import type { FastifyReply } from 'fastify';
import type { Reply } from '../../desk/types.ts';
import type { Metrics } from '../plugins/metrics.ts';
import { Problem, type ProblemMore } from '../problems/problem.ts';
import type { Receipt } from '../schemas/requests.ts';

/** Seconds until asking for a received request again makes sense: a lost worker costs about ten, an ordinary wait one. */
export const RETRY_AFTER = '2';

export function statusAddress(key: string): string {
  return `/api/requests/${encodeURIComponent(key)}`;
}

/** @throws Problem with the refusal's own status */
export function answerWith(reply: FastifyReply, metrics: Metrics, said: Reply, key: string, created: boolean, why?: ProblemMore): Receipt {
  metrics.outcomes.inc({ outcome: said.status, code: said.status === 'refused' ? said.code : '' });
  if (said.status === 'refused') throw refusal(said, why);
  if (said.status === 'received') {
    void reply.code(202).headers({ Location: statusAddress(key), 'Retry-After': RETRY_AFTER });
    return { status: 'received', number: said.number, key };
  }
  void reply.code(created ? 201 : 200);
  if (created) void reply.header('Location', `/api/cases/${said.number}`);
  return { status: 'decided', number: said.number, key, seq: said.seq };
}

function refusal({ code, detail }: Extract<Reply, { status: 'refused' }>, why?: ProblemMore): Problem {
  const headers = code === 'too-many-in-flight' ? { 'Retry-After': RETRY_AFTER } : {};
  return new Problem(code, { ...(why ?? (detail === undefined ? {} : { zh: detail, en: detail })), headers, recorded: true });
}
