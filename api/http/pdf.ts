/** A print as an answer: an attachment that no browser makes anything else of. */
import type { FastifyReply } from 'fastify';
import { cleanFileName, dispositionOf } from '../../domain/file-name.ts';

export interface Print {
  readonly bytes: Buffer;
  readonly hash: string;
  readonly missing: readonly string[];
}

/** @param name without ending; `X-Missing-Glyphs` names the characters that stand as boxes */
export function sendPdf(reply: FastifyReply, { bytes, hash, missing }: Print, name: string): FastifyReply {
  return reply
    .headers({
      'Content-Disposition': dispositionOf(cleanFileName(`${name}.pdf`, 'application/pdf')),
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Cache-Control': 'private, no-cache',
      ETag: `"${hash}"`,
      ...(missing.length === 0 ? {} : { 'X-Missing-Glyphs': missing.slice(0, 50).join(' ') }),
    })
    .type('application/pdf')
    .send(bytes);
}
