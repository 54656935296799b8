/** Erases, and is killed before the statement that is asked for: a process that a crash ends anywhere. */
import pg from 'pg';
import { connect } from '../../../db/database.ts';
import { eraseAll } from '../../../runtime/erasing.ts';
import { testVault } from '../../support/vault.ts';

const { url, log, subjects, at, key } = JSON.parse(process.argv[2] ?? '') as {
  url: string;
  log: string;
  subjects: string[];
  at: number;
  key: string;
};

let statements = 0;
const query = pg.Client.prototype.query as (...sent: unknown[]) => unknown;
Object.assign(pg.Client.prototype, {
  query(this: pg.Client, ...sent: unknown[]) {
    if ((statements += 1) === at) process.kill(process.pid, 'SIGKILL');
    return query.apply(this, sent);
  },
});

const db = connect({ url, poolSize: 1, vault: testVault });
const erased = await eraseAll(db, log, subjects, {
  person: 'admin',
  reason: '本人要求',
  key,
  at: Date.now(),
  noted: { person: 'admin', what: {} },
});
await db.destroy();
process.stdout.write(JSON.stringify({ erased, statements }));
