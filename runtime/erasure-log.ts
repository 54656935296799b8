/**
 * What was erased, once more, in a file outside the database: after the database was put back to an earlier day, its keys are back
 * too, and are destroyed again by this file before anybody works (`redress erase --again`).
 */
import { open, readFile } from 'node:fs/promises';
import { z } from 'zod';

const line = z.strictObject({ subject: z.string(), person: z.string(), at: z.int(), reason: z.string(), key: z.string() });

export type LoggedErasure = z.output<typeof line>;

/** On the disk when it returns. */
export async function logErasures(file: string, erased: readonly LoggedErasure[]): Promise<void> {
  if (erased.length === 0) return;
  const handle = await open(file, 'a', 0o600);
  try {
    await handle.write(erased.map((one) => `${JSON.stringify(one)}\n`).join(''));
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @throws with the line that is not one of ours; a last line that was cut off by a crash is passed over */
export async function loggedErasures(file: string): Promise<LoggedErasure[]> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  const whole = lines.slice(0, -1);
  return whole.map((text, i) => {
    try {
      return line.parse(JSON.parse(text));
    } catch {
      throw new Error(`${file}, line ${i + 1}: not a line of erasures`);
    }
  });
}
