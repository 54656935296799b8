import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import { choosePorts } from '../../scripts/stack/choose-ports.ts';
import { holdsListener } from '../../scripts/stack/listener.ts';
import { freePort, isFree } from '../../scripts/stack/ports.ts';

const open: Server[] = [];
async function decoy(): Promise<number> {
  const server = createServer().listen({ port: 0, host: '127.0.0.1' });
  open.push(server);
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

test('a port somebody listens on is not free', async () => {
  expect(await isFree(await decoy())).toBe(false);
  expect(await isFree(await freePort())).toBe(true);
});

test('a taken port gives way to the next free one, said in one line', async () => {
  const taken = await decoy();
  const said: string[] = [];
  const ports = await choosePorts(['api'], {}, { api: taken }, (line) => said.push(line));
  expect(ports.api).toBeGreaterThan(taken);
  expect(said).toEqual([`Port ${taken} is taken by something else: the API uses ${ports.api}.`]);
});

test('two parts never get the same port', async () => {
  const wanted = await freePort();
  const ports = await choosePorts(['api', 'temporal'], { api: wanted, temporal: wanted }, {}, () => undefined);
  expect(ports.api).not.toBe(ports.temporal);
});

test('knows which process listens', async () => {
  const port = await decoy();
  expect(await holdsListener(process.pid, port)).toBe(true);
  expect(await holdsListener(process.ppid, port)).not.toBe(true);
});
