import { createServer } from 'node:net';

/** Whether nobody listens on a loopback port. */
export function isFree(port: number, host = '127.0.0.1'): Promise<boolean> {
  return new Promise((done) => {
    const probe = createServer();
    probe.once('error', () => done(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => done(true)));
  });
}

/** A port that the kernel says is free on loopback. Somebody may take it before you do: check who listens afterwards. */
export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', fail);
    probe.listen({ port: 0, host: '127.0.0.1' }, () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => done(port));
    });
  });
}

/**
 * The port wanted, or the next free one after it.
 * @param avoid ports promised to others though nobody listens on them yet
 * @throws when the next hundred ports are taken
 */
export async function nextFree(wanted: number, avoid: ReadonlySet<number> = new Set()): Promise<number> {
  for (let port = wanted; port < wanted + 100 && port < 65536; port++) {
    if (!avoid.has(port) && (await isFree(port))) return port;
  }
  throw new Error(`Ports ${wanted} to ${wanted + 99} are all taken: stop something, or set another port.`);
}
