/** Attachments of an entry of a register: those that it names, and those attached by themselves */
import { z } from 'zod';
import { addList } from '../../http/list.ts';
import { cut } from '../../http/cursor.ts';
import { attachFile, FileKeyReused, withdrawAttachment } from '../../../db/files.ts';
import { attachmentsOf, findAttachment } from '../../../db/read/files.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { keyOf } from '../../http/idempotency.ts';
import { entryFor, readable, writable } from '../../http/registers.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { attachBody, attachment, withdrawBody } from '../../schemas/files.ts';
import { entryId, registerId } from '../../schemas/registers.ts';
import { idempotent } from '../../schemas/requests.ts';
import { attachmentColumns, attachmentView } from '../../view/attachment.ts';
import { secrecyOfEntry } from '../../view/secrecy.ts';
import type { Routes } from '../routes.ts';

const writing = ['key-missing', 'bad-json', 'not-allowed', 'not-found', 'body-too-large', 'unsupported-media-type'] as const;
const attach: Described = {
  id: 'attachFileToEntry',
  tag: 'files',
  summary: 'Attach a file to an entry of a register',
  problems: [...writing, 'file-unknown', 'key-reused'],
};
const list: Described = {
  id: 'listEntryAttachments',
  tag: 'files',
  summary: 'Files of an entry, those that it names and those withdrawn among them',
  problems: ['not-found', 'bad-cursor'],
};
const withdraw: Described = {
  id: 'withdrawEntryAttachment',
  tag: 'files',
  summary: 'Withdraw an attachment of an entry: it stays, marked',
  problems: writing,
};
const params = z.object({ register: registerId, id: entryId });
const attachmentId = z.string().regex(/^\d{1,15}$/, 'the id of an attachment');
const after = z.strictObject({ id: attachmentId });
const at = '/api/registers/:register/entries/:id/attachments';

export const entryAttachmentRoutes: Routes = async (app, deps) => {
  const { db, registers, clock } = deps;
  app.post(
    at,
    { schema: { ...about(attach), headers: idempotent, params, body: attachBody, response: { 201: attachment, ...problemsOf(attach) } } },
    async (request, reply) => {
      const key = keyOf(request);
      const { register, id: entry } = request.params;
      const def = writable(registers, request, register);
      const { label } = await entryFor(db, request, def, entry);
      const to = { register: def.id, entry };
      const { file: hash, note } = request.body;
      const id = await attachFile(db, to, { hash, note }, { key, by: me(request).person, at: clock() }).catch((error: unknown) => {
        throw error instanceof FileKeyReused ? new Problem('key-reused') : error;
      });
      const row = id === undefined ? undefined : await findAttachment(db, to, id, { scope: me(request), def });
      if (row === undefined) throw new Problem('file-unknown');
      void reply.code(201);
      return attachmentView(row, (...own) => secrecyOfEntry(register, label, ...own));
    },
  );
  addList(app, deps, {
    url: at,
    said: list,
    file: { zh: '附件', en: 'attachments' },
    params: params.shape,
    cursor: after,
    item: attachment,
    columns: attachmentColumns,
    page: async ({ request, params: { register, id: entry }, limit, after: last }) => {
      const def = readable(registers, request, register);
      const { label } = await entryFor(db, request, def, entry);
      const rows = await attachmentsOf(db, { register: def.id, entry }, { limit, after: last?.id, by: { scope: me(request), def } });
      return cut(
        rows,
        limit,
        ({ id }) => ({ id }),
        (row) => attachmentView(row, (...own) => secrecyOfEntry(register, label, ...own)),
      );
    },
    reads: ({ params: { register, id: entry } }) => ({ register, entry, list: list.id }),
  });
  app.post(
    `${at}/:attachment/withdraw`,
    {
      config: { once: true },
      schema: {
        ...about(withdraw),
        headers: idempotent,
        params: params.extend({ attachment: attachmentId }),
        body: withdrawBody,
        response: { 200: attachment, ...problemsOf(withdraw) },
      },
    },
    async (request) => {
      const { register, id: entry, attachment: id } = request.params;
      const def = writable(registers, request, register);
      const { label } = await entryFor(db, request, def, entry);
      const to = { register: def.id, entry };
      const row = await findAttachment(db, to, id, { scope: me(request), def });
      if (row === undefined) throw new Problem('not-found');
      await withdrawAttachment(db, to, { id, reason: request.body.reason }, me(request).person, clock());
      const shown = (await findAttachment(db, to, id, { scope: me(request), def })) ?? row;
      return attachmentView(shown, (...own) => secrecyOfEntry(register, label, ...own));
    },
  );
};
