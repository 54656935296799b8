/** Where a file is written before it takes its name in one step: no two writers share it, not even of one process. */
import { randomUUID } from 'node:crypto';

export const draftOf = (file: string): string => `${file}.${randomUUID()}`;
