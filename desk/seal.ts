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

export function isSealed(sealKey: Buffer, number: string, { signature, ...message }: Message): boolean {
  if (signature === undefined) return false;
  const expected = Buffer.from(seal(sealKey, number, message), 'hex');
  const found = Buffer.from(signature, 'hex');
  return expected.length === found.length && timingSafeEqual(expected, found);
}
