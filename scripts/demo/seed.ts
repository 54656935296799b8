/** The demo company: people, homes, and cases in every stage, made through the HTTP API as people would make them. */
import type { Vault } from '../../vault/vault.ts';
import { foundedAt, foundNow } from './base.ts';
import { foundCompany } from './company.ts';
import { demoLogins } from './logins.ts';
import { afterWork } from './stories/after-work.ts';
import { beforeWork } from './stories/before-work.ts';
import { endings } from './stories/endings.ts';
import { liveStory } from './stories/live.ts';
import { repairWork } from './stories/repair-work.ts';
import type { Story } from './story.ts';
import { Teller } from './teller.ts';

export interface DemoAt {
  readonly apiUrl: string;
  readonly dataDir: string;
  readonly databaseUrl: string;
  /** Keys of personal data, those of the API. */
  readonly vault: Vault;
}

/** Stories told at once: the machine has other things to do while it starts. */
const AT_ONCE = 4;

/** But for one they happen within a day: no limit of the procedure is shorter, so that nothing breaks by being entered late. */
export const demoStories: readonly Story[] = [...beforeWork, ...repairWork, ...afterWork, ...endings];

/**
 * Makes what is missing of the demo company, and one new case whose survey falls due in two minutes. A second start
 * adds only that one. @throws with the stories that could not be told; all others are
 */
export async function seedDemo({ apiUrl, dataDir, databaseUrl, vault }: DemoAt): Promise<void> {
  const logins = await demoLogins(dataDir);
  await foundCompany(databaseUrl, vault, logins);
  const teller = new Teller(apiUrl, logins);
  const now = new Date();
  await teller.tell(liveStory(now), now.getTime());
  await tellAll(teller, dataDir);
}

async function tellAll(teller: Teller, dataDir: string): Promise<void> {
  const told = await Promise.all(demoStories.map((story) => teller.told(story)));
  const missing = demoStories.filter((_, i) => told[i] !== true);
  if (missing.length === 0) return;
  // A database that has never heard of the company gets a past that is counted from now.
  const base = told.every((t) => t === undefined) ? await foundNow(dataDir) : ((await foundedAt(dataDir)) ?? (await foundNow(dataDir)));
  const queue = [...missing];
  const failed: string[] = [];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let story = queue.shift(); story !== undefined; story = queue.shift()) {
        await teller.tell(story, base).catch((error: Error) => failed.push(error.message));
      }
    }),
  );
  if (failed.length > 0) throw new Error(`${failed.length} of ${demoStories.length} demo cases could not be told: ${failed.join('; ')}`);
}
