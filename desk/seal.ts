/** The desk's seal: whoever reads a history can tell a decision made through the desk from one sent past it. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { canonicalJson } from '../domain/canonical.ts';
import type { Message } from '../workflows/kit/messages.ts';

/** HMAC-SHA-256, hex, over case, key, actor, meaning (step, task, facts, document) and both times. */
export function seal(sealKey: Buffer, number: string, message: Omit<Message, 'signature' | 'records'>): string {
  const { key, step, task, facts, documentHash, actor, occurredAt, receivedAt } = message;
  const meaning = canonicalJson({ number, key, step, task, facts, documentHash, actor, occurredAt, receivedAt });
  return createHmac('sha256', sealKey).update(meaning, 'utf8').digest('hex');
}

/** True when one of the desk's keys has made the message's signature. */
export function isSealed(sealKeys: readonly Buffer[], number: string, message: Message): boolean {
  const { signature } = message;
  if (signature === undefined) return false;
  const given = Buffer.from(signature, 'utf8');
  return sealKeys.some((key) => {
    const made = Buffer.from(seal(key, number, message), 'utf8');
    return made.length === given.length && timingSafeEqual(made, given);
  });
}
