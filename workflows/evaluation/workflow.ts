/** S1-EVAL, a paper of the evaluation: what service must watch, its objectives, measures against risks (lines 53-62 of the text). */
import { proxyActivities } from '@temporalio/workflow';
import type { Instant } from '../../domain/time.ts';
import type { Answered, Case } from '../kit/case.ts';
import type { Closing, OpenCase } from '../kit/messages.ts';
import type { PaperPorts } from '../kit/ports.ts';
import { runCase } from '../kit/run.ts';
import { approveVersions, toVersion, type Version } from '../stages/approval.ts';

const { filePaper } = proxyActivities<PaperPorts>({ startToCloseTimeout: '30s', retry: { maximumInterval: '30s' } });

export async function evaluation(input: OpenCase): Promise<Closing> {
  return runCase(input, keepPaper);
}

interface Paper {
  /** Absent: in force as soon as it is approved. */
  readonly inForceFrom?: Instant;
}

interface Draft extends Version, Paper {}

/** Approved, in force, reviewed every year: until a review ends its use. */
async function keepPaper(c: Case): Promise<void> {
  const authors = new Set<string>();
  const read = (answer: Answered<Paper>): Draft => {
    const { inForceFrom } = answer.facts;
    const { hash } = toVersion(answer, c.state.kind);
    return { hash, by: [...authors.add(answer.actor.person)], ...(inForceFrom === undefined ? {} : { inForceFrom }) };
  };
  for (let draft = read(c.opening<Paper>()); ;) {
    const approved = await approve(c, draft, read); //                               line 55
    const inForceFrom = Math.max(approved.inForceFrom ?? 0, c.learntAt); //          never before it was approved
    c.enter('inForce');
    c.know({ inForceFrom, paper: approved.hash }, 'line 55');
    const { kind } = c.state;
    const version = c.state.proposals[kind]?.version ?? 1;
    c.effect('filePaper', (call) => filePaper({ ...call, kind, hash: approved.hash, version, inForceFrom }), c.know.bind(c));
    c.tell('serviceDepartment', 'paper-in-force', 'line 55');
    if (!(await toBeRevised(c, inForceFrom))) return;
    c.enter('revision');
    draft = read(await nextDraft(c));
  }
}

/** Reviewed by the manager, approved by the general manager; whoever drew up any draft of it decides on none. */
function approve(c: Case, draft: Draft, read: (answer: Answered<never>) => Draft): Promise<Draft> {
  const [tier] = c.rules.tiers['paper']?.rows ?? [];
  if (tier === undefined) throw new RangeError(`pack ${c.rules.id} does not say who approves a paper`);
  const how = { read, chain: () => ({ tier }) };
  c.enter('approval');
  switch (c.state.kind) {
    case 'identification':
      return approveVersions(c, 'identification', draft, how);
    case 'objectives':
      return approveVersions(c, 'objectives', draft, how);
    case 'companyMeasures':
      return approveVersions(c, 'companyMeasures', draft, how);
    default:
      return approveVersions(c, 'departmentMeasures', draft, how);
  }
}

/** By whoever may draw up this paper. */
function nextDraft(c: Case): Promise<Answered<Paper>> {
  return c.ask<Paper>(c.state.kind, { within: 'nextVersion' });
}

/** A paper is looked at again within a year of its coming into force or of its last review. False: it is no longer used. */
async function toBeRevised(c: Case, inForceFrom: Instant): Promise<boolean> {
  for (let from = inForceFrom; ;) {
    const { facts, occurredAt } = await c.ask<{ outcome: 'unchanged' | 'revise' | 'ended' }>('yearlyReview', { from });
    if (facts.outcome !== 'unchanged') return facts.outcome === 'revise';
    from = occurredAt;
  }
}
