/** One run of the lab with servers of its own: started, used, stopped, removed. */
import { startLabServers } from './engine/servers.ts';
import { openLab } from './lab.ts';
import type { Played } from './play/play.ts';
import type { Story } from './story.ts';

export interface RunOptions {
  /** Stories played at once; default 4. */
  readonly atOnce?: number;
  /** Told of each story when it is through, in the order of the files. */
  readonly onPlayed?: (played: Played) => void;
  /** Ends the run early; what was started is stopped. */
  readonly signal?: AbortSignal;
}

/** Plays the stories and says how each came out, in their order. */
export async function runStories(
  stories: readonly Story[],
  { atOnce = 4, onPlayed = () => undefined, signal }: RunOptions = {},
): Promise<Played[]> {
  const servers = await startLabServers();
  try {
    const lab = await openLab(servers);
    try {
      return await inTurn(stories, atOnce, (story) => lab.play(story), onPlayed, signal);
    } finally {
      await lab.close();
    }
  } finally {
    await servers.stop();
  }
}

async function inTurn(
  stories: readonly Story[],
  atOnce: number,
  play: (story: Story) => Promise<Played>,
  onPlayed: (played: Played) => void,
  signal?: AbortSignal,
): Promise<Played[]> {
  const played: (Played | undefined)[] = stories.map(() => undefined);
  let next = 0;
  let told = 0;
  const player = async (): Promise<void> => {
    for (let i = next++; i < stories.length && !signal?.aborted; i = next++) {
      const story = stories[i];
      if (story === undefined) return;
      played[i] = await play(story);
      for (let ready = played[told]; ready !== undefined; ready = played[++told]) onPlayed(ready);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, player));
  signal?.throwIfAborted();
  return played.filter((one) => one !== undefined);
}
