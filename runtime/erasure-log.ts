/**
 * What was erased, once more, in a file outside the database: after the database was put back to an earlier day, its keys are back
 * too, and are destroyed again by this file before anybody works (`redress erase --again`).
 */
import { open, readFile, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';

const line = z.strictObject({ subject: z.string(), person: z.string(), at: z.int(), reason: z.string(), key: z.string() });

export type LoggedErasure = z.output<typeof line>;

/** On the disk when it returns. */
export async function logErasures(file: string, erased: readonly LoggedErasure[]): Promise<void> {
  if (erased.length === 0) return;
  const handle = await open(file, 'a+', 0o600);
  try {
    const lines = erased.map((one) => `${JSON.stringify(one)}\n`).join('');
    await handle.write((await endsInLine(handle)) ? lines : `\n${lines}`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** False when the last line was cut off by a crash. */
async function endsInLine(handle: FileHandle): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return true;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer.toString() === '\n';
}

/** @throws with the line that is not one of ours; one that was cut off by a crash, before anything was erased, is passed over */
export async function loggedErasures(file: string): Promise<LoggedErasure[]> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  return lines.flatMap((text, i) => {
    if (text === '' || (text.startsWith('{') && !text.endsWith('}'))) return [];
    try {
      return [line.parse(JSON.parse(text))];
    } catch {
      throw new Error(`${file}, line ${i + 1}: not a line of erasures`);
    }
  });
}
