/** A body of multipart/form-data byte by byte, so that names and headers can be anything. */
import { randomUUID } from 'node:crypto';
import type { Caller, Answer } from './api.ts';

export interface SentPart {
  readonly bytes: Buffer | string;
  /** As it stands in the header, unescaped. */
  readonly name?: string;
  readonly type?: string;
}

export function multipartOf(parts: readonly SentPart[]): { body: Buffer; type: string } {
  const boundary = `b${randomUUID()}`;
  const chunks = parts.flatMap(({ bytes, name = 'a.txt', type = 'application/octet-stream' }) => [
    Buffer.from(
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${name}"\r\nContent-Type: ${type}\r\n\r\n`,
      'utf8',
    ),
    Buffer.from(bytes),
    Buffer.from('\r\n'),
  ]);
  return { body: Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)]), type: `multipart/form-data; boundary=${boundary}` };
}

export function sendFiles(caller: Caller, parts: readonly SentPart[], headers: Record<string, string> = {}): Promise<Answer> {
  const { body, type } = multipartOf(parts);
  return caller.post('/api/files', body, { 'content-type': type, ...headers });
}

/** Sends one file; returns its hash. */
export async function sendFile(caller: Caller, bytes: Buffer | string, name = 'a.txt'): Promise<string> {
  const answer = await sendFiles(caller, [{ bytes, name }]);
  if (answer.status !== 201) throw new Error(answer.text);
  return String(answer.body['items'][0].hash);
}
