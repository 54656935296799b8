/** How this installation writes to the engine: the one place from which every client, worker and replay has its data converter. */
import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import type { Config } from '../../temporal.config.ts';
import { readKeyFile } from '../keys/file.ts';
import { keyRing, type KeyRing } from '../keys/ring.ts';
import { payloadCodec } from './payload-codec.ts';

const failureConverterPath = fileURLToPath(new URL('failure-converter.ts', import.meta.url));

/** What `Client` and `Worker.create` take, and what the bundle of the workflows needs to go with it. */
export interface Converter {
  readonly client: { readonly dataConverter?: DataConverter };
  /** For replays by the plain bundle: why one fails is said to whoever runs it, in words. */
  readonly replay: { readonly dataConverter?: DataConverter };
  readonly bundle: { readonly failureConverterPath?: string };
}

/** Nothing is encrypted. */
const plain: Converter = { client: {}, replay: {}, bundle: {} };

/** @throws in one sentence when the keys cannot be read */
export function converterOf({ temporal, codec }: Pick<Config, 'temporal' | 'codec'>): Converter {
  const keys = codecKeys(codec);
  if (codec === undefined || keys === undefined) return plain;
  const { encrypts, readsPlain } = codec;
  return converterWith({ keys, namespace: temporal.namespace, encrypts, readsPlain });
}

/** The ring of an installation with a codec. @throws in one sentence when it cannot be read */
export function codecKeys(codec: Config['codec']): KeyRing | undefined {
  if (codec === undefined) return undefined;
  return codec.keys === undefined ? readKeyFile(codec.keyFile) : keyRing(codec.keys, 'REDRESS_CODEC_KEYS');
}

export function converterWith(options: Parameters<typeof payloadCodec>[0]): Converter {
  const payloadCodecs = [payloadCodec(options)];
  const replay = { dataConverter: { payloadCodecs } };
  // Who only reads writes failures as before: everybody else may still be without keys.
  if (options.encrypts === false) return { client: replay, replay, bundle: {} };
  return { client: { dataConverter: { payloadCodecs, failureConverterPath } }, replay, bundle: { failureConverterPath } };
}
