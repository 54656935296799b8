/** POST /api/packs/:id/proposals */
import { z } from 'zod';
import { filledBefore } from '../../../db/read/inbox.ts';
import { versionsOf } from '../../../db/read/packs.ts';
import type { Db } from '../../../db/database.ts';
import type { Pack } from '../../../domain/pack.ts';
import { answerWith } from '../../http/answer.ts';
import { proposalForm, readCandidate, storedText } from '../../http/candidate.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { GOVERNANCE, openerOf } from '../../http/governance.ts';
import { keyOf } from '../../http/idempotency.ts';
import { sayToCase } from '../../http/say.ts';
import { me, signedInOf } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { packId } from '../../schemas/common.ts';
import { proposalBody } from '../../schemas/packs.ts';
import { idempotent, receipt } from '../../schemas/requests.ts';
import { submitProblems } from '../cases/submit.ts';
import type { Routes } from '../routes.ts';

/** Packs are some forty kilobytes; what is far beyond is a mistake. */
const AT_MOST_BYTES = 256 * 1024;

const described: Described = {
  id: 'proposePack',
  tag: 'packs',
  summary: 'Propose a version of a pack',
  description:
    'The candidate is checked as a whole and stored only if nothing is wrong. 201: the proposal is a case of its own; it is decided at its steps pack.review and pack.approve. With `case` it is the next draft of an open proposal and voids what was decided on the one before.',
  problems: [...submitProblems, 'bad-pack', 'version-taken', 'proposal-open', 'pack-not-active'],
};

export const proposalRoute: Routes = async (app, deps) => {
  const { db, desk, rules, clock } = deps;
  app.post(
    '/api/packs/:id/proposals',
    {
      bodyLimit: AT_MOST_BYTES,
      schema: {
        ...about(described),
        headers: idempotent,
        params: z.object({ id: packId }),
        body: proposalBody,
        response: { 200: receipt, 201: receipt, 202: receipt, ...problemsOf(described) },
      },
    },
    async (request, reply) => {
      const key = keyOf(request);
      const { reason, activeFrom, case: number } = request.body;
      const now = clock();
      const roles = await openerOf(request, rules, 'packChange', now);
      const pack = readCandidate(request.params.id, request.body);
      const before = await filledBefore(db, key);
      if (before === undefined) await checkFree(db, pack, number);
      const form = await proposalForm(rules, pack, { reason, activeFrom, now, differences: before?.['differences'] });
      const attached = [storedText(pack)];
      if (number !== undefined) return sayToCase(app, deps, request, reply, { key, number, step: 'pack', form, attached });
      const who = { person: me(request).person, roles, signedIn: signedInOf(request) };
      const said = await desk.open({ key, who, pack: GOVERNANCE, kind: 'packChange', form, attached });
      return answerWith(reply, app.metrics, said, key, true);
    },
  );
};

/** @throws Problem version-taken, proposal-open. Two that pass here at once are told apart by their cases. */
async function checkFree(db: Db, pack: Pack, number: string | undefined): Promise<void> {
  const others = (await versionsOf(db, pack.id)).filter((row) => number === undefined || row.case_number !== number);
  const open = others.find((row) => row.status === 'proposed' && row.case_number !== null);
  if (open !== undefined) throw new Problem('proposal-open', { zh: open.case_number ?? '', en: open.case_number ?? '' });
  const taken = others.find(
    (row) => row.version === pack.version && row.status !== 'rejected' && !(row.status === 'proposed' && row.hash === pack.hash),
  );
  if (taken !== undefined) throw new Problem('version-taken', { zh: pack.version, en: `${pack.id} ${pack.version} is ${taken.status}` });
}
