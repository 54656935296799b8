/** POST /api/files */
import multipart from '@fastify/multipart';
import { checkSent, FileKeyReused, noteFiles } from '../../../db/files.ts';
import { MAX_FILE_BYTES } from '../../../files/store.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { keepSent, notMultipart } from '../../http/multipart.ts';
import { keyOf } from '../../http/idempotency.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { storedFiles } from '../../schemas/files.ts';
import { idempotent } from '../../schemas/requests.ts';
import type { Routes } from '../routes.ts';

/** Files of one request. */
const MAX_FILES = 10;

const described: Described = {
  id: 'sendFiles',
  tag: 'files',
  summary: 'Send files, to be attached or named in a form',
  description: `\`multipart/form-data\` with one to ${MAX_FILES} files of at most ${MAX_FILE_BYTES / 1024 / 1024} MB: JPEG, PNG, WebP, HEIC, PDF, DOCX, XLSX, TXT, CSV, told by their bytes. Nobody else sees them before they are attached to something.`,
  problems: ['key-missing', 'file-refused', 'file-too-large', 'too-many-files', 'key-reused', 'unsupported-media-type'],
};

/** In a context of its own: nowhere else is a multipart body read. */
export const sendFilesRoute: Routes = async (app, { db, files, clock }) => {
  await app.register(multipart, {
    throwFileSizeLimit: false, // the store counts and says so in words
    limits: { files: MAX_FILES, fields: 0, fileSize: MAX_FILE_BYTES + 1, parts: MAX_FILES + 1, headerPairs: 20, fieldNameSize: 100 },
  });
  app.post(
    '/api/files',
    {
      // While the body comes in the handler runs: it may take as long as a request may.
      handlerTimeout: 60_000,
      schema: {
        ...about(described),
        consumes: ['multipart/form-data'],
        headers: idempotent,
        response: { 201: storedFiles, ...problemsOf(described) },
      },
    },
    async (request, reply) => {
      const key = keyOf(request);
      if (!request.isMultipart()) throw notMultipart();
      const by = me(request).person;
      const items = await keepSent(request, {
        files,
        most: MAX_FILES,
        async accept(judged) {
          if (judged.length === 0) throw new Problem('bad-request', { zh: '请求中没有文件。', en: 'There is no file in the request.' });
          await checkSent(db, judged, { key, by });
        },
      });
      await noteFiles(db, items, { key, by, at: clock() }).catch((error: unknown) => {
        throw error instanceof FileKeyReused ? new Problem('key-reused') : error;
      });
      void reply.code(201);
      return { items };
    },
  );
};
