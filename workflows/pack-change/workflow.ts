/** S1-EVAL: how a pack comes into force, and how it is taken out of force. The text's 售后服务目标和表现准则, line 55. */
import { proxyActivities } from '@temporalio/workflow';
import type { Answered, Case } from '../kit/case.ts';
import type { Closing, OpenCase } from '../kit/messages.ts';
import type { PackPorts } from '../kit/ports.ts';
import { runCase } from '../kit/run.ts';
import { approveVersions, type Version } from '../stages/approval.ts';
import { changeApplication } from '../stages/change-application.ts';
import type { PackDraft, PackNamed } from './facts.ts';

const { filePackDraft, activatePack, dropPackDraft, withdrawPack } = proxyActivities<PackPorts>({
  startToCloseTimeout: '30s',
  retry: { maximumInterval: '30s' },
});

export async function packChange(input: OpenCase): Promise<Closing> {
  return runCase(input, changePack);
}

interface Draft extends Version, Omit<PackDraft, 'hash'> {}

async function changePack(c: Case): Promise<void> {
  const approved = await approvePack(c); //                                          EVAL.P3-P5
  c.enter('inForce');
  const activeFrom = Math.max(approved.activeFrom ?? 0, c.learntAt); //              never before it was approved
  c.know({ activeFrom }, 'line 55');
  c.effect('activatePack', (call) => activatePack({ ...call, hash: approved.hash, activeFrom }), c.know.bind(c)); // [EVAL.P6]
  await changeApplication(c); //                                                     CERT.P1-P2
}

/**
 * [EVAL.P3 EVAL.P4 EVAL.P5 EVAL.X2] Drafted by the service department, reviewed by the manager, approved by the general
 * manager; a rejection brings it back to the service department. Whoever drew up any draft of it decides on none.
 */
async function approvePack(c: Case): Promise<Draft> {
  const [tier] = c.rules.tiers['pack']?.rows ?? [];
  if (tier === undefined) throw new RangeError(`pack ${c.rules.id} does not say who approves a pack`);
  const authors = new Set<string>();
  const read = ({ facts, actor }: Pick<Answered<PackDraft>, 'facts' | 'actor'>): Draft => {
    const draft = { ...facts, by: [...authors.add(actor.person)] };
    file(c, draft);
    return draft;
  };
  c.enter('approval');
  try {
    return await approveVersions(c, 'pack', read(c.opening<PackDraft>()), { read, chain: () => ({ tier }) });
  } catch (ended) {
    c.effect('dropPackDraft', dropPackDraft);
    throw ended;
  }
}

/** Puts the draft among the versions of its pack. Another open proposal of the same pack was first: then this is its duplicate. */
function file(c: Case, { pack, version, hash, content }: Draft): void {
  c.effect(
    'filePackDraft',
    (call) => filePackDraft({ ...call, pack, version, hash, content }),
    ({ filed, of }) => {
      if (filed === true || c.state.reason !== undefined) return;
      if (typeof of === 'string') c.end('duplicate', { of });
      else c.end('opened-in-error');
    },
  );
}

export async function packWithdrawal(input: OpenCase): Promise<Closing> {
  return runCase(input, takeOutOfForce);
}

/** Emergency: the general manager's opening is the act itself, so nothing is asked first. Open cases keep their version. */
async function takeOutOfForce(c: Case): Promise<void> {
  const { hash } = c.intake<PackNamed>();
  c.enter('withdrawal');
  c.tell('serviceDepartment', 'pack-withdrawn');
  c.tell('manager', 'pack-withdrawn');
  c.effect(
    'withdrawPack',
    (call) => withdrawPack({ ...call, hash, at: c.acceptedAt }),
    ({ withdrawn, ...result }) => {
      if (withdrawn === true) return c.know(result);
      if (c.state.reason === undefined) c.end('opened-in-error');
    },
  );
  await changeApplication(c); //                                                     CERT.P1-P2
}
