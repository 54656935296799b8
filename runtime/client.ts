/** Clients of the Temporal server: whoever speaks to it takes one from here, so that all write and read by the same codec. */
import { Client, Connection } from '@temporalio/client';
import type { Config } from '../temporal.config.ts';
import { converterOf, type Converter } from './codec/converter.ts';

/**
 * One that does not wait for the server: the API serves reads while the engine is away.
 * @throws in one sentence when the installation encrypts and its keys cannot be read
 */
export async function connectClient(config: Pick<Config, 'temporal' | 'codec'>): Promise<Client> {
  const { client } = converterOf(config);
  const connection = Connection.lazy(config.temporal.connectionOptions);
  return new Client({ connection, namespace: config.temporal.namespace, ...client });
}

/** One of a server of our own on loopback, which has to answer. */
export async function connectTo(address: string, { client }: Converter): Promise<Client> {
  return new Client({ connection: await Connection.connect({ address }), ...client });
}
