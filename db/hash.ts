/** The hash chain of a case's record: SHA-256 over the previous hash and the event's canonical form, hex. */
import { createHash } from 'node:crypto';
import { canonicalJson } from '../domain/canonical.ts';
import type { AnyEvent } from '../domain/case/event.ts';

/** What the first event of a case is chained to. */
export const GENESIS = '0'.repeat(64);

export function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

export function chainHash(previous: string, caseNumber: string, event: AnyEvent): string {
  return sha256(`${previous}\n${caseNumber}\n${canonicalJson(event)}`);
}
