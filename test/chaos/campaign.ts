/** Kills under load: the same seed kills the same parts in the same order. */
import { setTimeout as pause } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { readVault } from '../../runtime/vault.ts';
import { connect } from '../../db/database.ts';
import { check, type Findings } from './check.ts';
import { parts, startFleet, type Part } from './fleet.ts';
import { loadOn } from './load.ts';

export interface Campaign {
  readonly cases: number;
  readonly kills: number;
  readonly seed: number;
}

export async function runCampaign(
  { cases, kills, seed }: Campaign,
  say: (line: string) => void,
): Promise<Findings & { readonly killed: Part[]; readonly refused: string[] }> {
  const fleet = await startFleet();
  const db = connect({ url: fleet.databaseUrl, as: 'owner', poolSize: 3, vault: readVault({ keyFile: fleet.vaultKeyFile }) });
  try {
    const load = await loadOn(db, fleet.apiUrl);
    let working = true;
    const work = load.run(cases, 12).finally(() => {
      working = false;
    });
    const random = randomFrom(seed);
    const killed: Part[] = [];
    for (let n = 0; n < kills; n += 1) {
      await pause(1_500 + random() * 2_000);
      // Each part is killed at least once before chance decides.
      const part = parts[n < parts.length ? n : Math.floor(random() * parts.length)] ?? 'api';
      say(`kill ${n + 1}/${kills}: ${part}${working ? '' : ' (no load left)'}`);
      await fleet.killAndRevive(part);
      killed.push(part);
    }
    await work;
    const connection = await Connection.connect({ address: fleet.temporalAddress });
    try {
      return { ...(await check(db, new Client({ connection }), load.acked)), killed, refused: load.refused };
    } finally {
      await connection.close();
    }
  } finally {
    await db.destroy();
    await fleet.down();
  }
}

/** mulberry32: small, seeded, good enough to choose whom to kill. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
