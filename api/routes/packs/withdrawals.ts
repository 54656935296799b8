/** POST /api/packs/:id/withdrawals */
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import type { Db } from '../../../db/database.ts';
import { filledBefore } from '../../../db/read/inbox.ts';
import { activeHash, versionsOf, type PackVersionRow } from '../../../db/read/packs.ts';
import { answerWith } from '../../http/answer.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { GOVERNANCE, openerOf } from '../../http/governance.ts';
import { keyOf } from '../../http/idempotency.ts';
import { me, signedInOf } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { packId } from '../../schemas/common.ts';
import { withdrawalBody } from '../../schemas/packs.ts';
import { idempotent, receipt } from '../../schemas/requests.ts';
import type { Routes } from '../routes.ts';

const described: Described = {
  id: 'withdrawPack',
  tag: 'packs',
  summary: 'Take a version of a pack out of force at once (emergency)',
  description:
    'By the general manager, with a reason. The version before is in force again, or none: then the pack opens no case. Open cases keep the version they were opened under.',
  problems: [
    'key-missing',
    'bad-json',
    'wrong-role',
    'not-found',
    'pack-not-active',
    'last-governance',
    'bad-facts',
    'key-reused',
    'body-too-large',
    'unsupported-media-type',
  ],
};
/** How long the answer waits until no case can be opened under it any more; usually some milliseconds. */
const TAKES_HOLD_WITHIN_MS = 5_000;

export const withdrawalRoute: Routes = async (app, { db, desk, rules, clock }) => {
  app.post(
    '/api/packs/:id/withdrawals',
    {
      schema: {
        ...about(described),
        headers: idempotent,
        params: z.object({ id: packId }),
        body: withdrawalBody,
        response: { 201: receipt, 202: receipt, ...problemsOf(described) },
      },
    },
    async (request, reply) => {
      const key = keyOf(request);
      const { id } = request.params;
      const { reason, version } = request.body;
      const roles = await openerOf(request, rules, 'packWithdrawal', clock());
      const before = await filledBefore(db, key);
      const named = before?.['hash'] ?? version;
      const row = await inForce(db, id, typeof named === 'string' ? named : undefined, clock(), before !== undefined);
      const form = { pack: id, version: row.version, hash: row.hash, reason };
      const who = { person: me(request).person, roles, signedIn: signedInOf(request) };
      const said = await desk.open({ key, who, pack: GOVERNANCE, kind: 'packWithdrawal', form });
      if (said.status === 'decided') await takesHold(db, row.hash);
      return answerWith(reply, app.metrics, said, key, true);
    },
  );
};

/** The version that is to go. @throws Problem not-found, pack-not-active, last-governance */
async function inForce(db: Db, id: string, named: string | undefined, now: number, again: boolean): Promise<PackVersionRow> {
  const rows = await versionsOf(db, id);
  if (rows.length === 0) throw new Problem('not-found');
  const hash = named ?? (await activeHash(db, id, now));
  const row = rows.find((one) => one.hash === hash || (one.version === hash && one.status === 'active'));
  if (row !== undefined && again) return row;
  if (row?.status !== 'active') throw new Problem('pack-not-active', { zh: `${id} ${named ?? ''}`, en: `${id} ${named ?? ''}` });
  if (id === GOVERNANCE && (await activeHash(db, id, now, row.hash)) === undefined) throw new Problem('last-governance');
  return row;
}

async function takesHold(db: Db, hash: string): Promise<void> {
  for (const until = Date.now() + TAKES_HOLD_WITHIN_MS; Date.now() < until; await pause(20)) {
    const row = await db.selectFrom('pack_version').select('status').where('hash', '=', hash).executeTakeFirst();
    if (row?.status !== 'active') return;
  }
}
