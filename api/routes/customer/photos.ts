/** POST /api/public/tracking/photos */
import multipart from '@fastify/multipart';
import { attachFile, checkSent, FileKeyReused, noteFiles } from '../../../db/files.ts';
import { photosBy } from '../../../db/read/files.ts';
import { CUSTOMER_WEB } from '../../../domain/customer/side.ts';
import { photo } from '../../../files/photo.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { keepWord, keyAt, speakerAt } from '../../http/customer-says.ts';
import { keyOf } from '../../http/idempotency.ts';
import { keepSent, notMultipart } from '../../http/multipart.ts';
import { addressOf } from '../../http/caller-address.ts';
import { door } from '../../http/tracking.ts';
import { Problem } from '../../problems/problem.ts';
import { customerOutcome } from '../../schemas/customer.ts';
import { idempotent } from '../../schemas/requests.ts';
import type { Routes } from '../routes.ts';

/** Photos of one request and of one case, and bytes of one. */
const AT_ONCE = 3;
const OF_A_CASE = 12;
const BYTES = 8 * 1024 * 1024;

const described: Described = {
  id: 'sendPhotos',
  tag: 'customer',
  public: true,
  summary: 'Send photos of what is complained of',
  description: `\`multipart/form-data\`, one to ${AT_ONCE} photos of at most ${BYTES / 1024 / 1024} MB, ${OF_A_CASE} of a case. They are attached to the case; nobody gets them back by the link.`,
  problems: ['key-missing', 'not-found', 'file-refused', 'file-too-large', 'too-many-files', 'key-reused', 'unsupported-media-type'],
};
const headers = idempotent.extend({ 'x-tracking-secret': door.secret, 'x-telephone-tail': door.tail });

/** In a context of its own: nowhere else is a multipart body read. */
export const photoRoute: Routes = async (app, deps) => {
  await app.register(multipart, {
    throwFileSizeLimit: false, // counted while it comes in
    limits: { files: AT_ONCE, fields: 0, fileSize: BYTES + 1, parts: AT_ONCE + 1, headerPairs: 20, fieldNameSize: 100 },
  });
  app.post(
    '/api/public/tracking/photos',
    {
      handlerTimeout: 60_000,
      config: { rateLimit: { max: 10, timeWindow: '1 minute', keyGenerator: addressOf } },
      schema: {
        ...about(described),
        consumes: ['multipart/form-data'],
        headers,
        response: { 200: customerOutcome, ...problemsOf(described) },
      },
    },
    async (request) => {
      const key = keyOf(request);
      if (!request.isMultipart()) throw notMultipart();
      const { 'x-tracking-secret': secret, 'x-telephone-tail': tail } = request.headers;
      const speaker = await speakerAt(deps, { secret, tail });
      const { db, files, clock } = deps;
      const caseNumber = speaker.state.number;
      const there = await photosBy(db, caseNumber, CUSTOMER_WEB, OF_A_CASE);
      const [at, own] = [clock(), keyAt(speaker.link, key)];
      const kept = await keepSent(request, {
        files,
        most: AT_ONCE,
        through: (stream) => photo(stream, BYTES),
        async accept(judged) {
          if (judged.length === 0) throw new Problem('bad-request', { zh: '请求中没有照片。', en: 'There is no photo in the request.' });
          const fresh = judged.filter(({ hash }) => !there.includes(hash));
          if (there.length + fresh.length > OF_A_CASE)
            throw new Problem('too-many-files', { zh: `一案至多${OF_A_CASE}张照片。`, en: `At most ${OF_A_CASE} photos of a case.` });
          await checkSent(db, judged, { key: own, by: CUSTOMER_WEB });
        },
      });
      try {
        await noteFiles(db, kept, { key: own, by: CUSTOMER_WEB, at });
        for (const [i, { hash }] of kept.entries()) {
          await attachFile(db, { caseNumber }, { hash }, { key: `${own} ${i}`, by: CUSTOMER_WEB, at });
        }
      } catch (error) {
        throw error instanceof FileKeyReused ? new Problem('key-reused') : error;
      }
      await keepWord(deps, speaker, key, 'photos', { files: kept.map(({ hash }) => hash) });
      return { outcome: 'noted' as const };
    },
  );
};
