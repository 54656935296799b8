/** Master data of the demo company: people with roles and tokens, homes, what builders have left as retention. */
import { createHash } from 'node:crypto';
import { connect, type Db } from '../../db/database.ts';
import { putEntry } from '../../db/entries.ts';
import { loadRegisters } from '../../packs/registers/load.ts';
import type { Vault } from '../../vault/vault.ts';
import { putEntries } from './entries.ts';
import type { DemoLogin } from './logins.ts';

export const demoPacks = ['s3-cs19', 's3-cs19-demo'] as const;
const BUILDER = 'demo-builder';
/** Retention left for each building, in fen: building 1 covers its repairs, building 2 does not. */
const retention = { 'DEMO-1': 20_000_000, 'DEMO-2': 300_000 } as const;
const homes = [101, 102, 201, 202, 301, 302];

/** Puts in what is missing; what is there stays. */
export async function foundCompany(databaseUrl: string, vault: Vault, logins: readonly DemoLogin[]): Promise<void> {
  const db = connect({ url: databaseUrl, poolSize: 1, vault });
  try {
    await putPeople(db, logins);
    await putHomes(db);
    await putEntries(db);
  } finally {
    await db.destroy();
  }
}

async function putPeople(db: Db, logins: readonly DemoLogin[]): Promise<void> {
  const roles = logins.flatMap(({ person, roles: held, governance = [], administrator, elsewhere }) => [
    ...demoPacks.flatMap((pack_id) => held.map((role) => ({ person, pack_id, role }))),
    ...(administrator ? [{ person, pack_id: 'redress', role: 'administrator' }] : []),
    ...(elsewhere === undefined ? [] : [{ person, pack_id: elsewhere.pack, role: elsewhere.role }]),
    ...governance.map((role) => ({ person, pack_id: 's1-eval', role })),
  ]);
  const tokens = logins.map(({ person, token }) => ({ person, hash: createHash('sha256').update(token, 'utf8').digest('hex') }));
  await db
    .insertInto('person')
    .values(logins.map(({ person, name }) => ({ id: person, name })))
    .onConflict((c) => c.doNothing())
    .execute();
  await db
    .insertInto('person_role')
    .values(roles)
    .onConflict((c) => c.doNothing())
    .execute();
  await db
    .insertInto('api_token')
    .values(tokens)
    .onConflict((c) => c.doNothing())
    .execute();
}

async function putHomes(db: Db): Promise<void> {
  const def = loadRegisters().get('units')!;
  for (const building of Object.keys(retention)) {
    for (const home of homes) {
      const body = { code: `${building}-${home}`, estate: 'demo-estate', building, builder: BUILDER, warrantyUntil: '2027-12-31' };
      await putEntry(db, { def, body, person: 'demo', at: Date.now() });
    }
  }
  const balances = Object.entries(retention).map(([building, amount]) => ({
    account: `retention:${BUILDER}:${building}`,
    amount,
    effect: 'demo/opening-balance',
  }));
  await db
    .insertInto('ledger_entry')
    .values(balances)
    .onConflict((c) => c.doNothing())
    .execute();
}
