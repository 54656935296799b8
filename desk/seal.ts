/** The desk's seal: whoever reads a history can tell a decision made through the desk from one sent past it. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalJson } from '../domain/canonical.ts';
import type { Message, OpenCase } from '../workflows/kit/messages.ts';

/** What a case is opened with beside its message: its procedure, rules, calendar and bounds. */
export type Frame = Omit<OpenCase, 'opening'> & { readonly workflow: string };

type Sealed = Omit<Message, 'signature' | 'records'>;

/** Stands before every seal: how it was made. */
const MARK = '2:';

/**
 * Mark and HMAC-SHA-256, hex, over case and message: all of it but who records. @param frame of an opening: held by its
 * SHA-256, so that neither rules nor calendar can be exchanged under their names
 */
export function seal(sealKey: Buffer, number: string, message: Sealed, frame?: Frame): string {
  const { signature: _, records: __, ...said } = message as Message;
  const opened = frame && createHash('sha256').update(canonicalJson(frame), 'utf8').digest('hex');
  return MARK + hmac(sealKey, { seal: 2, number, message: said, opened });
}

function hmac(sealKey: Buffer, meaning: unknown): string {
  return createHmac('sha256', sealKey).update(canonicalJson(meaning), 'utf8').digest('hex');
}

/** True when one of the desk's keys has made the message's signature. @param frame of an opening */
export function isSealed(sealKeys: readonly Buffer[], number: string, message: Message, frame?: Frame): boolean {
  const { signature } = message;
  if (signature === undefined) return false;
  const given = Buffer.from(signature, 'utf8');
  return sealKeys.some((key) => {
    const made = Buffer.from(seal(key, number, message, frame), 'utf8');
    return made.length === given.length && timingSafeEqual(made, given);
  });
}
