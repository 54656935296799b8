import { rm, writeFile } from 'node:fs/promises';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { publicTemporaryFolder } from '../../scripts/stack/postgres-home.ts';
import { startPostgres } from '../../scripts/stack/postgres.ts';
import { refOf, isRunning } from '../../scripts/stack/processes.ts';

const dir = await publicTemporaryFolder();
afterAll(() => rm(dir, { recursive: true, force: true }));

async function ask(url: string, text: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows;
  } finally {
    await client.end();
  }
}

const options = { dir, durable: true, password: 'p w/d' };

test('what was committed is there after a stop, and after a server that a killed run left behind', async () => {
  const first = await startPostgres(options);
  expect(await ask(first.url, 'show data_checksums')).toEqual([{ data_checksums: 'on' }]);
  await ask(first.url, 'create table kept as select 1 as one');
  await first.stop();

  const left = await startPostgres(options);
  expect(await ask(left.url, 'select * from kept')).toEqual([{ one: 1 }]);
  // Its starter forgets it: the next start has to find it by itself.
  const next = await startPostgres(options);
  expect(await isRunning(left)).toBe(false);
  expect(await ask(next.url, 'select * from kept')).toEqual([{ one: 1 }]);
  await next.stop();
});

test("a lock file that names somebody else's process is cleared and that process is left alone", async () => {
  const decoy = spawn('sleep', ['60'], { stdio: 'ignore' });
  const ref = await refOf(decoy.pid ?? 0);
  await writeFile(join(dir, 'data', 'postmaster.pid'), `${decoy.pid}\n${join(dir, 'data')}\n`);
  const server = await startPostgres(options);
  await server.stop();
  expect(ref && (await isRunning(ref))).toBe(true);
  decoy.kill();
});

test('a wrong password is refused', async () => {
  const server = await startPostgres(options);
  await expect(ask(server.url.replace('p%20w%2Fd', 'wrong'), 'select 1')).rejects.toThrow(/password/);
  await server.stop();
});
