import { connect } from 'node:net';
import { statusOf } from './answers.ts';
import { isRunning } from './processes.ts';
import { partNames, readState, type PartName } from './state.ts';
import { runningSupervisor } from './supervisor.ts';
import { isReady } from './temporal.ts';

export interface PartHealth {
  readonly part: PartName;
  readonly state: 'healthy' | 'not answering' | 'stopped';
  readonly pid?: number;
  readonly address?: string;
}

export interface StackHealth {
  /** Process id of the `up` that looks after the parts. */
  readonly supervisor?: number;
  readonly parts: readonly PartHealth[];
}

/** Looks at each part: does its process run, does it answer. */
export async function stackHealth(dataDir: string): Promise<StackHealth> {
  const [supervisor, { parts }] = await Promise.all([runningSupervisor(dataDir), readState(dataDir)]);
  // The codec server is there only where payloads are encrypted.
  const expected = partNames.filter((part) => part !== 'codec' || parts.codec !== undefined);
  const seen = expected.map(async (part): Promise<PartHealth> => {
    const known = parts[part];
    if (known === undefined) return { part, state: 'stopped' };
    const { process, address } = known;
    const runs = process === undefined || (await isRunning(process));
    const state = !runs ? 'stopped' : (await answersAt(part, address)) ? 'healthy' : 'not answering';
    return { part, state, ...(process === undefined ? {} : { pid: process.pid }), ...(address === undefined ? {} : { address }) };
  });
  return { ...(supervisor === undefined ? {} : { supervisor: supervisor.pid }), parts: await Promise.all(seen) };
}

async function answersAt(part: PartName, address: string | undefined): Promise<boolean> {
  if (part === 'worker' || address === undefined) return true;
  if (part === 'temporal') return isReady({ address });
  if (part === 'api') return (await statusOf(`${address}/health/ready`)) === 200;
  const { hostname, port } = new URL(address);
  return listens(hostname, Number(port || 5432));
}

/** The state file holds no password, so the database is only asked whether it takes a connection. */
function listens(host: string, port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect({ host, port, timeout: 2000 });
    const end = (ok: boolean) => (socket.destroy(), done(ok));
    socket
      .once('connect', () => end(true))
      .once('error', () => end(false))
      .once('timeout', () => end(false));
  });
}
