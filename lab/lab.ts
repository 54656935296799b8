/** The lab: stories played on the real procedures, the real engine and a real store, at any date. */
import { randomBytes } from 'node:crypto';
import type { Db } from '../db/database.ts';
import { connectTo } from '../runtime/client.ts';
import { converterWith } from '../runtime/codec/converter.ts';
import { ringOf } from '../runtime/keys/ring.ts';
import { openDatabases } from './engine/databases.ts';
import { RanPast } from './engine/virtual-clock.ts';
import { labWorkers, type Home } from './engine/worker.ts';
import { play, type Played } from './play/play.ts';
import type { Story } from './story.ts';

export interface LabOptions {
  /** A database of the server on which the lab makes its own. */
  readonly databaseUrl: string;
  /** A Temporal server whose clock may be moved. */
  readonly temporalAddress: string;
  /** Looks at a story's store when it has been played, before it is removed. */
  readonly lookAt?: (db: Db) => Promise<void>;
}

export interface Lab {
  /** Plays a story in a database of its own. Several may be played at once. */
  play(story: Story): Promise<Played>;
  close(): Promise<void>;
}

export async function openLab({ databaseUrl, temporalAddress, lookAt }: LabOptions): Promise<Lab> {
  // What a story tells lasts as long as the lab: its histories are written under a key that nobody keeps.
  const converter = converterWith({ keys: ringOf([randomBytes(32)]), namespace: 'default' });
  const client = await connectTo(temporalAddress, converter);
  const databases = await openDatabases(databaseUrl);
  const owners = new Map<string, Home>();
  const workers = await labWorkers(temporalAddress, client, converter, (number) => {
    const home = owners.get(number);
    if (home === undefined) throw new Error(`no story plays case ${number}`);
    return home;
  });
  const shared = await workers.worker();
  const sealKey = randomBytes(32);
  const playOnce = async (story: Story, lastTime: boolean): Promise<Played> => {
    const database = await databases.fresh();
    // A worker that is to be stopped is the story's own.
    const worker = story.outages.length > 0 ? await workers.worker() : shared;
    try {
      const played = await play(story, {
        client,
        worker,
        database,
        sealKey,
        lastTime,
        owns: (number, desk) => owners.set(number, { db: database.db, desk }),
      });
      await lookAt?.(database.db);
      return played;
    } finally {
      if (worker !== shared) await worker.stop();
      await database.drop();
    }
  };
  return {
    play: (story) => again((lastTime) => playOnce(story, lastTime)),
    async close() {
      await shared.stop();
      await workers.close();
      await databases.close();
      await client.connection.close();
    },
  };
}

const TIMES = 3;

/** A case that ran past its stop, or whose timer the engine lost on the way, tells nothing of the story, which is played again from its beginning. */
async function again(playOnce: (lastTime: boolean) => Promise<Played>): Promise<Played> {
  for (let time = 1; ; time += 1) {
    try {
      return await playOnce(time === TIMES);
    } catch (error) {
      if (!(error instanceof RanPast) || time === TIMES) throw error;
    }
  }
}
