/** POST /api/cases */
import { dropDraft } from '../../../db/drafts.ts';
import { keyOf } from '../../http/idempotency.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { answerWith } from '../../http/answer.ts';
import { openersOf } from '../../../domain/pack.ts';
import { defaultPackId } from '../../../packs/load.ts';
import { isBuilt } from '../../../packs/procedure-check.ts';
import { me, signedInOf } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { idempotent, openBody, receipt } from '../../schemas/requests.ts';
import type { Routes } from '../routes.ts';

const described: Described = {
  id: 'openCase',
  tag: 'cases',
  summary: 'Open a case',
  description: '201: decided and recorded. 202: received while the engine does not answer; going to be decided, its number is final.',
  problems: [
    'key-missing',
    'bad-json',
    'wrong-role',
    'not-found',
    'pack-not-active',
    'not-carried-out',
    'bad-facts',
    'buyer-not-licensed',
    'key-reused',
    'body-too-large',
    'unsupported-media-type',
  ],
};

export const openRoute: Routes = async (app, { db, desk, rules, clock }) => {
  const defaultPack = defaultPackId();
  app.post(
    '/api/cases',
    {
      schema: {
        ...about(described),
        headers: idempotent,
        body: openBody,
        response: { 201: receipt, 202: receipt, ...problemsOf(described) },
      },
    },
    async (request, reply) => {
      const key = keyOf(request);
      const { pack: id = defaultPack, kind, form, occurredAt } = request.body;
      const { person, packs: mine } = me(request);
      const roles = mine[id];
      if (roles === undefined) throw new Problem('not-found');
      // Whether it is in force the desk says, after looking whether the key is known.
      const pack = await rules.latest(id, clock());
      if (pack?.kinds[kind] === undefined) throw new Problem('not-found');
      if (!isBuilt(pack.kinds[kind].workflow)) throw new Problem('not-carried-out', { zh: pack.kinds[kind].zh, en: kind });
      // No case is there yet to judge it.
      const by = openersOf(pack, kind);
      if (!by.some((role) => roles.includes(role))) throw new Problem('wrong-role', { zh: by.join('、'), en: by.join(', ') });
      const said = await desk.open({
        key,
        who: { person, roles, signedIn: signedInOf(request) },
        pack: id,
        kind,
        form,
        ...(occurredAt === undefined ? {} : { occurredAt }),
      });
      // What is received is going to be a case; an answer is owed whatever becomes of the draft.
      if (said.status !== 'refused') await dropDraft(db, { person, about: id, what: kind }).catch(() => undefined);
      return answerWith(reply, app.metrics, said, key, true);
    },
  );
};
