import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { draftOf } from '../../runtime/draft.ts';
import type { ProcessRef } from './processes.ts';

/** Parts in the order they start; they stop in the opposite order. */
export const partNames = ['postgres', 'temporal', 'worker', 'api', 'codec'] as const;
export type PartName = (typeof partNames)[number];

/** One part of the running stack. `process` is absent for what somebody else runs. */
export interface Part {
  readonly process?: ProcessRef;
  /** For people: never holds a password. */
  readonly address?: string;
}

/** What `up` has started, for `down`, `status`, `reset` and the next `up`. */
export interface StackState {
  readonly parts: Partial<Record<PartName, Part>>;
  /** Ports of the last run: kept after it, so that addresses stay the same. */
  readonly ports: Readonly<Partial<Record<'api' | 'temporal' | 'temporalUi' | 'postgres', number>>>;
}

const empty: StackState = { parts: {}, ports: {} };
const fileIn = (dataDir: string): string => join(dataDir, 'run', 'state.json');

/** Reads the state; an absent or broken file reads as "nothing runs". */
export async function readState(dataDir: string): Promise<StackState> {
  try {
    return { ...empty, ...(JSON.parse(await readFile(fileIn(dataDir), 'utf8')) as StackState) };
  } catch {
    return empty;
  }
}

/** Writes the state in one go: a reader never sees half of it. */
export async function writeState(dataDir: string, state: StackState): Promise<void> {
  const file = fileIn(dataDir);
  await mkdir(join(dataDir, 'run'), { recursive: true });
  const partial = draftOf(file);
  await writeFile(partial, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  await rename(partial, file).catch(async (error: unknown) => {
    await rm(partial, { force: true });
    throw error;
  });
}
