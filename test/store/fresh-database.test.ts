import { Connection } from '@temporalio/client';
import pg from 'pg';
import { expect, inject, test } from 'vitest';
import { freshDatabase } from '../support/database.ts';

test('each fresh database is its own', async () => {
  const [one, two] = await Promise.all([freshDatabase(), freshDatabase()]);
  expect(one.url).not.toBe(two.url);
  const client = new pg.Client({ connectionString: one.url });
  await client.connect();
  await client.query('create table only_here ()');
  await client.end();
  await Promise.all([one.drop(), two.drop()]);
});

test("the run's Temporal server answers", async () => {
  const connection = await Connection.connect({ address: inject('temporalAddress') });
  const { serverVersion } = await connection.workflowService.getSystemInfo({});
  expect(serverVersion).toMatch(/^1\./);
  await connection.close();
});
