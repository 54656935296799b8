/** Entries of registers: written, changed, reviewed, withdrawn. */
import { z } from 'zod';
import { actOnEntry, addEntry, changeEntry } from '../../../db/entries.ts';
import { mayDecide, mayWrite } from '../../../domain/register/access.ts';
import type { RegisterDef } from '../../../domain/register/definition.ts';
import { readEntry, type EntryBody } from '../../../domain/register/read-entry.ts';
import type { Instant } from '../../../domain/time.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { attachNamedFiles, checkNamedFiles } from '../../http/entry-files.ts';
import { keyOf } from '../../http/idempotency.ts';
import { warningsOf } from '../../http/entry-warnings.ts';
import { entryFor, entryProblem, entryProblemFor, mustBeTheirs, readable, versionFrom, writable } from '../../http/registers.ts';
import { me } from '../../plugins/auth.ts';
import { formProblem, Problem } from '../../problems/problem.ts';
import { actOnBody, changeBody, entryId, entryReceipt, registerId, writeBody } from '../../schemas/registers.ts';
import { idempotent } from '../../schemas/requests.ts';
import type { Routes } from '../routes.ts';

const tag = 'registers';
const common = ['key-missing', 'bad-json', 'not-allowed', 'not-found', 'bad-facts', 'entry-taken', 'key-unusable', 'key-reused', 'body-too-large', 'unsupported-media-type'] as const; // prettier-ignore
const add: Described = {
  id: 'addEntry',
  tag,
  summary: 'Write an entry',
  description: '`warnings` are worth a look; the entry is taken all the same.',
  problems: common,
};
const change: Described = {
  id: 'changeEntry',
  tag,
  summary: 'Write the next version of an entry',
  description:
    '`If-Match` names the version that was looked at. Where entries are reviewed, the version before holds until the new one is approved.',
  problems: [...common, 'version-missing', 'entry-stale'],
};
const act: Described = {
  id: 'actOnEntry',
  tag,
  summary: 'submit, review, approve, reject or withdraw an entry',
  description:
    'Review and approval are of roles that the register names, never of whoever wrote the version, nor both of one person. What was approved is withdrawn by whoever approves and did not write it, a draft by whoever wrote it. A reason is needed to reject and to withdraw. What is withdrawn stays, and no new entry may name it.',
  problems: [
    ...common,
    'version-missing',
    'entry-stale',
    'act-out-of-order',
    'contributor-cannot-approve',
    'reviewer-cannot-approve',
    'reason-missing',
  ],
};
const params = z.object({ register: registerId });
const ofEntry = params.extend({ id: entryId });

export const writeEntryRoutes: Routes = async (app, { db, registers, clock }) => {
  app.post(
    '/api/registers/:register/entries',
    { schema: { ...about(add), headers: idempotent, params, body: writeBody, response: { 201: entryReceipt, ...problemsOf(add) } } },
    async (request, reply) => {
      const key = keyOf(request);
      const def = writable(registers, request, request.params.register);
      const body = read(def, request.body.body, clock());
      const put = { def, body, person: me(request).person, at: clock(), key, naming: { scope: me(request), defs: registers } };
      await mustBeTheirs(db, request, def, body);
      await checkNamedFiles(db, def, undefined, body, put.person);
      const stored = await db
        .transaction()
        .execute(async (trx) => {
          const added = await addEntry(trx, put);
          await attachNamedFiles(trx, def, added.id, body, put.person, put.at);
          return added;
        })
        .catch(entryProblemFor(db, request, def));
      const warnings = await warningsOf(db, me(request), def, body, stored.id);
      void reply.code(201).headers({ ETag: `"${stored.version}"`, Location: `/api/registers/${def.id}/entries/${stored.id}` });
      return { ...stored, warnings: [...warnings] };
    },
  );
  app.put(
    '/api/registers/:register/entries/:id',
    {
      schema: {
        ...about(change),
        headers: idempotent,
        params: ofEntry,
        body: changeBody,
        response: { 200: entryReceipt, ...problemsOf(change) },
      },
    },
    async (request, reply) => {
      const key = keyOf(request);
      const def = writable(registers, request, request.params.register);
      const { id } = request.params;
      const expected = versionFrom(request);
      const now = await entryFor(db, request, def, id);
      const body = read(def, request.body.body, clock());
      await mustBeTheirs(db, request, def, body, now);
      const naming = { scope: me(request), defs: registers };
      const put = { def, body, person: me(request).person, at: clock(), reason: request.body.reason, key, naming };
      await checkNamedFiles(db, def, id, body, put.person);
      const stored = await db
        .transaction()
        .execute(async (trx) => {
          const changed = await changeEntry(trx, put, id, expected);
          await attachNamedFiles(trx, def, id, body, put.person, put.at);
          return changed;
        })
        .catch(entryProblemFor(db, request, def));
      const warnings = await warningsOf(db, me(request), def, body, id);
      void reply.header('ETag', `"${stored.version}"`);
      return { ...stored, warnings: [...warnings] };
    },
  );
  app.post(
    '/api/registers/:register/entries/:id/:act',
    {
      schema: {
        ...about(act),
        headers: idempotent,
        params: ofEntry.extend({ act: z.enum(['submit', 'review', 'approve', 'reject', 'withdraw']) }),
        body: actOnBody,
        response: { 200: entryReceipt, ...problemsOf(act) },
      },
    },
    async (request, reply) => {
      const key = keyOf(request);
      const { id, act: asked, register } = request.params;
      const def = readable(registers, request, register);
      const version = versionFrom(request);
      if (!may(def, asked, me(request).inFamilies)) throw new Problem('not-allowed');
      await entryFor(db, request, def, id);
      const { reason } = request.body;
      if ((asked === 'reject' || asked === 'withdraw') && reason === undefined) throw new Problem('reason-missing');
      const { person, packs } = me(request);
      const what = { def, id, version, act: asked, person, at: clock(), reason, key, approves: mayDecide(packs, def, 'approve') };
      const stored = await db.transaction().execute((trx) => actOnEntry(trx, what)).catch(entryProblem); // prettier-ignore
      void reply.header('ETag', `"${stored.version}"`);
      return { ...stored, warnings: [] };
    },
  );
};

type Act = 'submit' | 'review' | 'approve' | 'reject' | 'withdraw';

function may(def: RegisterDef, act: Act, packs: Readonly<Record<string, readonly string[]>>): boolean {
  if (act === 'withdraw') return mayWrite(packs, def) || mayDecide(packs, def, 'approve');
  if (def.review === undefined) return false;
  if (act === 'submit') return mayWrite(packs, def);
  return act === 'reject' ? mayDecide(packs, def, 'review') || mayDecide(packs, def, 'approve') : mayDecide(packs, def, act);
}

/** @throws Problem with every field that is not right */
function read(def: RegisterDef, input: unknown, now: Instant): EntryBody {
  const reading = readEntry(def, input, now);
  if (!reading.ok) throw formProblem(reading.problems);
  return reading.body;
}
