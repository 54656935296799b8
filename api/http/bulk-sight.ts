/** Who sees a bulk job, and which of its cases. */
import type { FastifyRequest } from 'fastify';
import type { BulkJob } from '../../db/read/bulk.ts';
import type { Scope } from '../../db/read/scope.ts';
import type { RuleBook } from '../../desk/index.ts';
import { rolesAt } from '../../domain/case/concern.ts';
import { rebasers } from '../../domain/case/rebase-form.ts';
import type { Instant } from '../../domain/time.ts';
import { isAdministrator } from '../access.ts';
import { me } from '../plugins/auth.ts';

/** Whoever asked for it, who oversees the cases of its pack, and administrators: to others its counts would tell of cases. */
export async function mayReadJob(request: FastifyRequest, rules: RuleBook, job: BulkJob, at: Instant): Promise<boolean> {
  const { person, packs } = me(request);
  if (isAdministrator(packs) || job.person === person) return true;
  if (job.pack_id === null) return false;
  const held = rolesAt(me(request), job.pack_id, []);
  if (held.length === 0) return false;
  const pack = await rules.latest(job.pack_id, at);
  if (pack === undefined) return false;
  const { coordinator, generalManager } = pack.rules;
  return [...coordinator, generalManager, ...rebasers(pack.rules, 'rebase')].some((role) => held.includes(role));
}

/** Administrators run jobs and see the numbers of all their cases, as in the engine; others those that concern them. */
export function scopeOfJobs(request: FastifyRequest): Scope | undefined {
  const who = me(request);
  return isAdministrator(who.packs) ? undefined : who;
}
