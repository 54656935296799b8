/** A client of the Temporal server that does not wait for it: the API serves reads while the engine is away. */
import { Client, Connection } from '@temporalio/client';
import type { Config } from '../temporal.config.ts';

export async function connectClient(config: Pick<Config, 'temporal'>): Promise<Client> {
  const connection = Connection.lazy(config.temporal.connectionOptions);
  return new Client({ connection, namespace: config.temporal.namespace });
}
