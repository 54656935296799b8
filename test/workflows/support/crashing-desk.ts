/** A desk in a process of its own that is killed at a named point: `node crashing-desk.ts <json>`. */
import { Client, Connection } from '@temporalio/client';
import { connect } from '../../../db/database.ts';
import { createDesk, type SubmitCommand } from '../../../desk/index.ts';
import { ruleBook } from '../../../runtime/packs.ts';
import { testSealKey } from '../../support/seal.ts';
import { testVault } from '../../support/vault.ts';

interface Order {
  readonly url: string;
  readonly address: string;
  readonly taskQueue: string;
  readonly point: string;
  readonly command: SubmitCommand;
}

const { url, address, taskQueue, point, command } = JSON.parse(process.argv[2] ?? '') as Order;
const client = new Client({ connection: await Connection.connect({ address }) });
const db = connect({ url, vault: testVault });
const desk = createDesk({
  db,
  engine: { client, taskQueue },
  rules: ruleBook(db),
  sealKey: testSealKey,
  between: async (at) => {
    if (at === point) process.kill(process.pid, 'SIGKILL');
  },
});
await desk.submit(command);
