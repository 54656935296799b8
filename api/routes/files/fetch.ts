/** GET /api/files/:hash and its small picture */
import { z } from 'zod';
import { note } from '../../../db/journal.ts';
import { findFile, type FileRow } from '../../../db/read/files.ts';
import { mayRead } from '../../../domain/register/access.ts';
import { dispositionOf } from '../../../domain/file-name.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { about, bytes, problemsOf, type Described } from '../../http/describe.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { fileHash } from '../../schemas/files.ts';
import type { RouteDeps, Routes } from '../routes.ts';

const whole: Described = {
  id: 'getFile',
  tag: 'files',
  summary: 'A file, as an attachment',
  description: 'For whoever has sent it, or may see a case or an entry to which it is attached. For all others it is as good as absent.',
  problems: ['not-found'],
};
const small: Described = {
  id: 'getThumbnail',
  tag: 'files',
  summary: 'A small picture of a photo',
  description:
    'JPEG of at most 480 by 480, upright, without the metadata of the photo (place, device). 404 for what is no JPEG, PNG or WebP.',
  problems: ['not-found'],
};
const params = z.object({ hash: fileHash });

export const fetchFileRoutes: Routes = async (app, deps) => {
  app.get(
    '/api/files/:hash',
    {
      schema: {
        ...about(whole),
        params,
        produces: ['application/octet-stream'],
        response: { ...bytes('application/octet-stream', 'The file'), ...problemsOf(whole) },
      },
    },
    async (request, reply) => {
      const found = await fileFor(deps, request, request.params.hash);
      const bytes = await deps.files.open(found.hash);
      if (bytes === undefined) throw new Error(`file ${found.hash} is noted but not in the store`);
      await note(deps.db, { kind: 'read', at: deps.clock(), person: me(request).person, what: { file: found.hash } });
      void sealed(reply).headers({
        'Content-Disposition': dispositionOf(found.name),
        'Content-Length': found.size,
        ETag: `"${found.hash}"`,
      });
      return reply.type(charset(found.type)).send(bytes);
    },
  );
  app.get(
    '/api/files/:hash/thumbnail',
    {
      schema: {
        ...about(small),
        params,
        produces: ['image/jpeg'],
        response: { ...bytes('image/jpeg', 'The thumbnail'), ...problemsOf(small) },
      },
    },
    async (request, reply) => {
      const found = await fileFor(deps, request, request.params.hash);
      const bytes = /^image\/(jpeg|png|webp)$/.test(found.type) ? await deps.files.thumbnail(found.hash) : undefined;
      if (bytes === undefined) throw new Problem('not-found');
      await note(deps.db, { kind: 'read', at: deps.clock(), person: me(request).person, what: { file: found.hash } });
      return sealed(reply).type('image/jpeg').send(bytes);
    },
  );
};

/** @throws Problem not-found, the same whether it is absent or not theirs to see */
async function fileFor({ db, registers }: RouteDeps, request: FastifyRequest, hash: string): Promise<FileRow> {
  const found = await findFile(
    db,
    me(request),
    hash,
    [...registers.values()].filter((def) => mayRead(me(request).inFamilies, def)),
  );
  if (found === undefined) throw new Problem('not-found');
  return found;
}

/** Whatever a browser makes of the bytes, it runs nothing and reaches nothing. */
const sealed = (reply: FastifyReply): FastifyReply =>
  reply.headers({ 'Content-Security-Policy': "default-src 'none'; sandbox", 'Cross-Origin-Resource-Policy': 'same-origin' });

/** Text is handed out without a charset of ours: it may be UTF-8 or GB18030. */
const charset = (type: string): string => (type.startsWith('text/') ? 'application/octet-stream' : type);
