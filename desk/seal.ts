/** The desk's seal: whoever reads a history can tell a decision made through the desk from one sent past it. */
import { createHmac } from 'node:crypto';
import { canonicalJson } from '../domain/canonical.ts';
import type { Message } from '../workflows/kit/messages.ts';

/** HMAC-SHA-256, hex, over case, key, actor, meaning (step, task, facts, document) and both times. */
export function seal(sealKey: Buffer, number: string, message: Omit<Message, 'signature' | 'records'>): string {
  const { key, step, task, facts, documentHash, actor, occurredAt, receivedAt } = message;
  const meaning = canonicalJson({ number, key, step, task, facts, documentHash, actor, occurredAt, receivedAt });
  return createHmac('sha256', sealKey).update(meaning, 'utf8').digest('hex');
}
