/**
 * A POST to an address from the settings: no redirect is followed, nothing private is spoken to unless the settings allow it, and
 * the address is looked up once: what was checked is what is connected to (no second answer of the name server in between).
 */
import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { request as http } from 'node:http';
import { request as https } from 'node:https';
import { later, never, type NotSent, type Sent } from './channel.ts';

/** Without a word; and all together, for an answer that comes by the drop. */
const WITHIN_MS = 10_000;
const ALL_WITHIN_MS = 30_000;
const MOST_BYTES = 64 * 1024;

const PRIVATE = new BlockList();
for (const [net, bits] of [['0.0.0.0', 8], ['10.0.0.0', 8], ['100.64.0.0', 10], ['127.0.0.0', 8], ['169.254.0.0', 16], ['172.16.0.0', 12], ['192.0.0.0', 24], ['192.168.0.0', 16], ['198.18.0.0', 15], ['224.0.0.0', 4], ['240.0.0.0', 4]] as const) PRIVATE.addSubnet(net, bits, 'ipv4'); // prettier-ignore
for (const [net, bits] of [
  ['::', 128],
  ['::1', 128],
  ['64:ff9b::', 96],
  ['2002::', 16], // holds an IPv4 address
  ['2001::', 32],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  PRIVATE.addSubnet(net, bits, 'ipv6');

/** Loopback, link-local, private and reserved addresses, also when they are mapped into IPv6. */
export function isPrivate(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  return PRIVATE.check(plain, isIP(plain) === 6 ? 'ipv6' : 'ipv4');
}

const lookedUp = (host: string) => lookup(host, { all: true });

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface PostOptions {
  readonly headers?: Readonly<Record<string, string>>;
  /** The settings say that this address may be one of the own network. */
  readonly allowPrivate: boolean;
  /** How long it may take from the beginning to the end of the answer, in milliseconds. */
  readonly allWithinMs?: number;
  /** The host's addresses. */
  readonly addresses?: (host: string) => Promise<{ address: string; family: number }[]>;
}

/** @returns the answer, or why there is none. Never throws; what it says does not repeat the address, whose key is a secret. */
export async function post(
  url: string,
  body: string,
  { headers = {}, allowPrivate, allWithinMs = ALL_WITHIN_MS, addresses = lookedUp }: PostOptions,
): Promise<Answer | NotSent> {
  const to = new URL(url);
  const name = to.hostname.replace(/^\[|\]$/g, '');
  try {
    const found = isIP(name) === 0 ? await addresses(name) : [{ address: name, family: isIP(name) }];
    const [first] = found;
    if (first === undefined) return later('the host has no address');
    if (!allowPrivate && found.some(({ address }) => isPrivate(address)))
      return never('the address lies in a private network, which the settings do not allow');
    return await send(to, first, body, headers, allWithinMs);
  } catch (error) {
    return later((error as NodeJS.ErrnoException).code ?? 'no answer');
  }
}

function send(
  to: URL,
  { address, family }: { address: string; family: number },
  body: string,
  headers: Readonly<Record<string, string>>,
  allWithinMs: number,
): Promise<Answer> {
  const request = to.protocol === 'https:' ? https : http;
  return new Promise((done, fail) => {
    const asked = request(
      to,
      {
        method: 'POST',
        timeout: WITHIN_MS,
        signal: AbortSignal.timeout(allWithinMs),
        headers: { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body), ...headers },
        lookup: (_name, _options, answer) => answer(null, [{ address, family }]),
      },
      (reply) => {
        const pieces: Buffer[] = [];
        let size = 0;
        reply.on('data', (piece: Buffer) => {
          size += piece.length;
          if (size > MOST_BYTES) reply.destroy(Object.assign(new Error(), { code: 'answer too long' }));
          else pieces.push(piece);
        });
        reply.on('end', () => done({ status: reply.statusCode ?? 0, body: Buffer.concat(pieces).toString('utf8') }));
        reply.on('error', fail);
      },
    );
    asked.on('timeout', () => asked.destroy(Object.assign(new Error(), { code: 'no answer in time' })));
    asked.on('error', fail);
    asked.end(body);
  });
}

/** What the HTTP status alone says: 429 and 5xx pass, other 4xx and redirects do not. */
export function byStatus({ status }: Answer): Sent | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status === 408 || status === 425 || status === 429 || status >= 500) return later(`HTTP ${status}`);
  return never(status >= 300 && status < 400 ? `HTTP ${status}: redirects are not followed` : `HTTP ${status}`);
}
