/** A checkpoint every hour, by whichever worker comes first. */
import { every } from '../every.ts';
import { takeCheckpoint, type CheckpointOptions } from './take.ts';

const EVERY_MS = 3_600_000;

/** Starts at once and ends with `stop`. What goes wrong is said and tried again at the next hour. */
export const checkpointForEver = (options: CheckpointOptions, onError: (error: unknown) => void): { stop(): Promise<void> } =>
  every(EVERY_MS, () => takeCheckpoint(options, Date.now()), onError);
