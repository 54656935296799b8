/** A report to the authority: prepared, approved by the general manager, reported, followed (3.3, 3.4). */
import { refuse } from '../../domain/errors.ts';
import type { Instant } from '../../domain/time.ts';
import type { Case } from '../kit/case.ts';
import { approveVersions, toVersion } from './approval.ts';
import { unlessLapsed } from './lapsed.ts';
import { nothingElseOwed } from './nothing-owed.ts';

/**
 * The management representative prepares the material, the general manager approves it, and only then is it reported
 * [FB.P7 FB.T3 FB.F4]; whoever tries before is refused. It is followed until it is concluded; what is found meanwhile may ask
 * for a further report, with an approval of its own [FB.Q3]. `clock`: the limit of the first report, where one runs.
 */
export async function reportToAuthority(c: Case, clock?: string): Promise<void> {
  c.ruleOut('reported', refuse('not-approved', 'report'));
  let due = clock;
  for (;;) {
    await approvedReport(c);
    c.enter('reporting');
    const { occurredAt } = await c.ask('reported', due === undefined ? { within: null } : { clock: due });
    due = undefined;
    if (await concluded(c, occurredAt)) return;
  }
}

async function approvedReport(c: Case): Promise<void> {
  c.enter('report');
  const first = await c.ask('report');
  c.enter('approval');
  const role = c.rules.steps['report.approve']?.by[0] ?? c.rules.generalManager;
  const tier = { id: 'report', clause: '3.4', chain: [{ act: 'approve' as const, role }] };
  await approveVersions(c, 'report', toVersion(first, 'report'), {
    read: (answer) => toVersion(answer, 'report'),
    chain: () => ({ tier }),
  });
}

/** Followed and concluded; false: a further report is due. */
async function concluded(c: Case, reportedAt: Instant): Promise<boolean> {
  c.enter('tracking');
  c.offer<{ reportAgain?: boolean }>(
    'tracking',
    ({ facts }) => {
      if (facts.reportAgain) c.lapse('conclusion', 'a further report is due');
    },
    { after: reportedAt },
  );
  const end = await unlessLapsed(c, c.ask('conclusion', { from: reportedAt, guard: () => nothingElseOwed(c, 'conclusion') }));
  c.lapse('tracking', 'concluded or reported again');
  return end !== undefined;
}
