/**
 * Encrypts what the engine keeps: AES-256-GCM, a random IV of 12 bytes for each payload, the key's id beside it. What a
 * ciphertext belongs to (namespace, and the case where it is known) is bound to it as additional data.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { ValueError, type Payload, type PayloadCodec, type SerializationContext } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { KeyRing } from '../keys/ring.ts';

const wire = proto.temporal.api.common.v1.Payload;

export const ENCRYPTED = 'binary/encrypted';
const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;
/** The server's own bound for one payload, counted as it is sent. */
export const MOST_BYTES = 2 * 1024 * 1024;

export interface CodecOptions {
  readonly keys: KeyRing;
  readonly namespace: string;
  /** Whether what it writes is encrypted; without, it only reads. */
  readonly encrypts?: boolean;
  /** Whether payloads that are not encrypted are read: only while an installation changes over. */
  readonly readsPlain?: boolean;
}

/** What does not hold is a `ValueError` that says which case and key, and nothing of the content. */
export function payloadCodec({ keys, namespace, encrypts = true, readsPlain = false }: CodecOptions): PayloadCodec {
  return {
    async encode(payloads, context) {
      return encrypts ? payloads.map((payload) => encrypted(keys, namespace, payload, caseIn(context))) : payloads;
    },
    async decode(payloads, context) {
      return payloads.map((payload) => {
        if (isEncrypted(payload)) return decrypted(keys, namespace, payload, caseIn(context));
        if (readsPlain) return payload;
        throw new ValueError('a payload is not encrypted, and this installation reads only what it encrypted (REDRESS_CODEC)');
      });
    },
  };
}

export function isEncrypted({ metadata }: Payload): boolean {
  return textOf(metadata?.['encoding']) === ENCRYPTED;
}

function encrypted(keys: KeyRing, namespace: string, payload: Payload, workflowId: string | undefined): Payload {
  const { id, bytes } = keys.current;
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, bytes, iv, { authTagLength: TAG_BYTES });
  cipher.setAAD(boundTo(id, namespace, workflowId));
  const data = Buffer.concat([iv, cipher.update(wire.encode(payload).finish()), cipher.final(), cipher.getAuthTag()]);
  const sealed: Payload = {
    metadata: {
      encoding: Buffer.from(ENCRYPTED),
      'encryption-key-id': Buffer.from(id),
      ...(workflowId === undefined ? {} : { 'workflow-id': Buffer.from(workflowId) }),
    },
    data,
  };
  const size = wire.encode(sealed).finish().length;
  if (size > MOST_BYTES) throw new ValueError(`a payload of ${size} bytes, as encrypted, is over the engine's bound of ${MOST_BYTES}`);
  return sealed;
}

function decrypted(keys: KeyRing, namespace: string, payload: Payload, expected: string | undefined): Payload {
  const id = textOf(payload.metadata?.['encryption-key-id']) ?? '';
  const workflowId = textOf(payload.metadata?.['workflow-id']);
  if (expected !== undefined && workflowId !== expected)
    throw new ValueError(`a payload of ${workflowId ?? 'no case'} stands in the history of ${expected}`);
  const key = keys.find(id);
  if (key === undefined) throw new ValueError(`a payload is encrypted by the key “${id}”, which this process does not have`);
  const data = payload.data ?? new Uint8Array();
  if (data.length < IV_BYTES + TAG_BYTES) throw new ValueError('an encrypted payload is too short to be one');
  const decipher = createDecipheriv(CIPHER, key.bytes, data.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(id, namespace, workflowId));
  decipher.setAuthTag(data.subarray(-TAG_BYTES));
  try {
    const opened = Buffer.concat([decipher.update(data.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
    return wire.toObject(wire.decode(opened), { longs: Number }) as Payload;
  } catch {
    throw new ValueError(`a payload of ${workflowId ?? 'no case'} was changed after it was encrypted, or is of another namespace`);
  }
}

/** Ids cannot run into each other: each stands in a JSON string of its own. */
function boundTo(keyId: string, namespace: string, workflowId: string | undefined): Buffer {
  return Buffer.from(JSON.stringify(['redress payload', keyId, namespace, workflowId ?? null]));
}

function caseIn(context: SerializationContext | undefined): string | undefined {
  return context?.workflowId;
}

function textOf(bytes: Uint8Array | null | undefined): string | undefined {
  return bytes == null ? undefined : Buffer.from(bytes).toString('utf8');
}
