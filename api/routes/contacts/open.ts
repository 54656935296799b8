/** GET /api/registers/:register/entries/:id/opening, POST /api/registers/:register/entries/:id/case */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { Db } from '../../../db/database.ts';
import { changeEntry } from '../../../db/entries.ts';
import { latestEntry, type EntryRow } from '../../../db/read/entries.ts';
import { ownKey } from '../../../desk/own-key.ts';
import { KeyReused } from '../../../desk/types.ts';
import type { Instant } from '../../../domain/time.ts';
import { openersOf, type Pack } from '../../../domain/pack.ts';
import { filledIn } from '../../../domain/case/acts.ts';
import type { RegisterDef } from '../../../domain/register/definition.ts';
import { prefilled } from '../../../domain/register/opening.ts';
import { isBuilt } from '../../../packs/procedure-check.ts';
import { answerWith } from '../../http/answer.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { keyOf } from '../../http/idempotency.ts';
import { entryFor, entryProblem, writable } from '../../http/registers.ts';
import { me, signedInOf } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { packId } from '../../schemas/common.ts';
import { openFromBody } from '../../schemas/contacts.ts';
import { entryId, registerId } from '../../schemas/registers.ts';
import { idempotent, receipt } from '../../schemas/requests.ts';
import type { RouteDeps, Routes } from '../routes.ts';

const look: Described = {
  id: 'getOpeningFromEntry',
  tag: 'registers',
  summary: 'The form of a case that would be opened from an entry, as far as the entry fills it',
  problems: ['not-found', 'not-allowed'],
};
const open: Described = {
  id: 'openCaseFromEntry',
  tag: 'registers',
  summary: 'Open a case from an entry: its number is noted in the entry',
  description:
    'The form is what the entry says, and what the body says more or otherwise. Cases of an entry and entries of a case: `filter=case:<number>`.',
  problems: [
    ...([
      'key-missing',
      'bad-json',
      'wrong-role',
      'not-found',
      'not-allowed',
      'pack-not-active',
      'not-carried-out',
      'entry-has-case',
    ] as const),
    ...(['bad-facts', 'key-reused', 'body-too-large', 'unsupported-media-type'] as const),
  ],
};
const params = z.object({ register: registerId, id: entryId });
const query = z.strictObject({ pack: packId.optional(), kind: z.string().max(64) });
/** The field of a register in which the number of the case stands. */
const LINK = 'case';

export const openFromEntryRoutes: Routes = async (app, deps) => {
  const { db, desk, clock } = deps;
  app.get(
    '/api/registers/:register/entries/:id/opening',
    {
      schema: {
        ...about(look),
        params,
        querystring: query,
        response: { 200: z.object({ form: z.record(z.string(), z.unknown()) }), ...problemsOf(look) },
      },
    },
    async (request) => ({ form: (await source(deps, request, request.params, request.query)).form }),
  );
  app.post(
    '/api/registers/:register/entries/:id/case',
    {
      schema: {
        ...about(open),
        headers: idempotent,
        params,
        body: openFromBody,
        response: { 201: receipt, 202: receipt, ...problemsOf(open) },
      },
    },
    async (request, reply) => {
      const key = keyOf(request);
      const { kind, form: more } = request.body;
      const { def, entry, pack, form } = await source(deps, request, request.params, request.body);
      const { person, packs } = me(request);
      const roles = packs[pack.id] ?? [];
      const by = openersOf(pack, kind);
      if (!by.some((role) => roles.includes(role))) throw new Problem('wrong-role', { zh: by.join('、'), en: by.join(', ') });
      const before = entry.body[LINK];
      if (typeof before === 'string' && !(await isLinkedBy(db, linkKey(key)))) throw hasCase(before);
      const openingKey = ownKey('case-of', def.id, entry.id);
      // One key for the entry, whoever asks: of several at once one opens the case, and the others ask for the same.
      const said = await desk
        .open({
          key: openingKey,
          who: { person, roles, signedIn: signedInOf(request) },
          pack: pack.id,
          kind,
          form: { ...form, ...more },
        })
        .catch((error: unknown) => {
          throw error instanceof KeyReused ? hasCase(typeof before === 'string' ? before : undefined) : error;
        });
      // The case is there whoever changes the entry meanwhile: the number goes into its latest version.
      if (said.status !== 'refused') await link(db, { def, id: entry.id, number: said.number, person, at: clock(), key: linkKey(key) });
      return answerWith(reply, app.metrics, said, openingKey, true);
    },
  );
};

/** What the change of the entry that names its case goes by. */
const linkKey = (key: string): string => `${key} ${LINK}`;

/** Whether this very request has linked the entry before. */
async function isLinkedBy(db: Db, key: string): Promise<boolean> {
  return (await db.selectFrom('entry_version').select('id').where('key', '=', key).executeTakeFirst()) !== undefined;
}

const hasCase = (number: string | undefined): Problem =>
  new Problem('entry-has-case', number === undefined ? {} : { zh: `案件编号:${number}。`, en: `It is case ${number}.` });

interface Link {
  readonly def: RegisterDef;
  readonly id: string;
  readonly number: string;
  readonly person: string;
  readonly at: Instant;
  readonly key: string;
}

/** By the key, so that the same request again finishes what a crash left. */
async function link(db: Db, { def, id, number, person, at, key }: Link): Promise<void> {
  await db
    .transaction()
    .execute(async (trx) => {
      await trx.selectFrom('entry').select('id').where('register', '=', def.id).where('id', '=', id).forUpdate().execute();
      const latest = await latestEntry(trx, def.id, id);
      if (latest === undefined || latest.status === 'withdrawn' || latest.body[LINK] === number) return;
      await changeEntry(trx, { def, body: { ...latest.body, [LINK]: number }, person, at, reason: number, key }, id, latest.version);
    })
    .catch(entryProblem);
}

/** @throws Problem not-found for a register without cases, an entry that is not there, a pack or kind that is not theirs */
async function source(
  { db, registers, rules, clock }: RouteDeps,
  request: FastifyRequest,
  { register, id }: z.output<typeof params>,
  { pack: named, kind }: { pack?: string | undefined; kind: string },
): Promise<{ def: RegisterDef; entry: EntryRow; pack: Pack; form: Record<string, unknown> }> {
  const def = writable(registers, request, register);
  const entry = await entryFor(db, request, def, id);
  const packOf = named ?? Object.keys(def.write)[0] ?? '';
  const pack = Object.hasOwn(me(request).packs, packOf) ? await rules.latest(packOf, clock()) : undefined;
  const linked = def.fields.some(({ name, type }) => name === LINK && type === 'number-of-case');
  if (!linked || entry.status === 'withdrawn' || pack === undefined || !Object.hasOwn(pack.kinds, kind)) {
    throw new Problem('not-found');
  }
  if (!isBuilt(pack.kinds[kind]?.workflow ?? '')) throw new Problem('not-carried-out', { zh: pack.kinds[kind]?.zh ?? kind, en: kind });
  return { def, entry, pack, form: prefilled(entry.body, filledIn(pack, 'open', kind)?.fields ?? []) };
}
