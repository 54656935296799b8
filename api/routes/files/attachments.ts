/** Attachments of a case: POST and GET /api/cases/:number/attachments, POST …/:id/withdraw */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { addList } from '../../http/list.ts';
import { cut } from '../../http/cursor.ts';
import { attachFile, FileKeyReused, withdrawAttachment } from '../../../db/files.ts';
import { seenOfCase, type FoundCase } from '../../../db/read/cases.ts';
import { attachmentsOf, findAttachment } from '../../../db/read/files.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { caseFor } from '../../http/find.ts';
import { keyOf } from '../../http/idempotency.ts';
import { pinnedPack } from '../../http/pack.ts';
import { rolesAt } from '../../../domain/case/concern.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { caseNumber } from '../../schemas/common.ts';
import { attachBody, attachment, withdrawBody } from '../../schemas/files.ts';
import { idempotent } from '../../schemas/requests.ts';
import { attachmentColumns, attachmentView } from '../../view/attachment.ts';
import { secrecyOfCase } from '../../view/secrecy.ts';
import type { Routes } from '../routes.ts';

const attach: Described = {
  id: 'attachFile',
  tag: 'files',
  summary: 'Attach a file to a case',
  description:
    'It decides nothing: it stands beside the record, also when the case is closed. A file that a form names is attached by the form.',
  problems: ['key-missing', 'bad-json', 'not-found', 'file-unknown', 'key-reused', 'body-too-large', 'unsupported-media-type'],
};
const list: Described = {
  id: 'listAttachments',
  tag: 'files',
  summary: 'Files of a case, those of its forms and those withdrawn among them',
  problems: ['not-found', 'bad-cursor'],
};
const withdraw: Described = {
  id: 'withdrawAttachment',
  tag: 'files',
  summary: 'Withdraw an attachment: it stays, marked',
  description: 'By whoever attached it, or a coordinator or the general manager of the pack. A file of a filled form cannot be withdrawn.',
  problems: ['key-missing', 'bad-json', 'not-allowed', 'not-found', 'attachment-of-form', 'body-too-large', 'unsupported-media-type'],
};
const number = z.object({ number: caseNumber });
const one = number.extend({ id: z.string().regex(/^\d{1,15}$/, 'the id of an attachment') });
const after = z.strictObject({ id: z.string().regex(/^\d{1,15}$/) });

export const attachmentRoutes: Routes = async (app, deps) => {
  const { db, rules, clock } = deps;
  app.post(
    '/api/cases/:number/attachments',
    {
      schema: {
        ...about(attach),
        headers: idempotent,
        params: number,
        body: attachBody,
        response: { 201: attachment, ...problemsOf(attach) },
      },
    },
    async (request, reply) => {
      const key = keyOf(request);
      const { file, note } = request.body;
      const found = await caseFor(db, request, request.params.number);
      const to = { caseNumber: request.params.number };
      const id = await attachFile(db, to, { hash: file, note }, { key, by: me(request).person, at: clock() }).catch((error: unknown) => {
        throw error instanceof FileKeyReused ? new Problem('key-reused') : error;
      });
      const row = id === undefined ? undefined : await findAttachment(db, to, id, { scope: me(request) });
      if (row === undefined) throw new Problem('file-unknown');
      void reply.code(201);
      return attachmentView(row, secrecyIn(request, found));
    },
  );
  addList(app, deps, {
    url: '/api/cases/:number/attachments',
    said: list,
    file: { zh: '附件', en: 'attachments' },
    params: { number: caseNumber },
    cursor: after,
    item: attachment,
    columns: attachmentColumns,
    page: async ({ request, params: { number: of }, limit, after: last }) => {
      const found = await caseFor(db, request, of);
      const rows = await attachmentsOf(db, { caseNumber: of }, { limit, after: last?.id, by: { scope: me(request) } });
      return cut(
        rows,
        limit,
        ({ id }) => ({ id }),
        (row) => attachmentView(row, secrecyIn(request, found)),
      );
    },
    reads: ({ params: { number: of } }) => ({ case: of, list: list.id }),
  });
  app.post(
    '/api/cases/:number/attachments/:id/withdraw',
    {
      config: { once: true },
      schema: {
        ...about(withdraw),
        headers: idempotent,
        params: one,
        body: withdrawBody,
        response: { 200: attachment, ...problemsOf(withdraw) },
      },
    },
    async (request) => {
      const { number: caseNo, id } = request.params;
      const found = await caseFor(db, request, caseNo);
      const { state, places } = found;
      const to = { caseNumber: caseNo };
      const row = await findAttachment(db, to, id, { scope: me(request) });
      if (row === undefined) throw new Problem('not-found');
      if (row.document_hash !== null) throw new Problem('attachment-of-form');
      const { person } = me(request);
      const held = rolesAt(me(request), state.pack.id, places);
      const pack = await pinnedPack(rules, state.pack.hash);
      const over = [...(pack?.rules.coordinator ?? []), ...(pack === undefined ? [] : [pack.rules.generalManager])];
      if (row.person !== person && !over.some((role) => held.includes(role))) throw new Problem('not-allowed');
      await withdrawAttachment(db, to, { id, reason: request.body.reason }, person, clock());
      return attachmentView((await findAttachment(db, to, id, { scope: me(request) })) ?? row, secrecyIn(request, found));
    },
  );
};

const secrecyIn =
  (request: FastifyRequest, found: FoundCase) =>
  (...own: (string | null)[]) =>
    secrecyOfCase(seenOfCase(found), me(request), ...own);
