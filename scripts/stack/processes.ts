import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

/** A process that cannot be mistaken: pids are reused, a pid with its start time is not. */
export interface ProcessRef {
  readonly pid: number;
  /** Opaque; compare only with `startTimeOf` on the same machine. */
  readonly startTime: string;
}

/** When a process was started, as the system words it; undefined when it is gone (or only its exit is left to read). */
export async function startTimeOf(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return startTimeByPs(pid);
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name in parentheses may hold blanks: count the fields after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
}

async function startTimeByPs(pid: number): Promise<string | undefined> {
  const result = await promisify(execFile)('ps', ['-o', 'lstart=', '-p', String(pid)]).catch(() => undefined);
  return result?.stdout.trim() || undefined;
}

/** A reference to a running process; undefined when it is gone. */
export async function refOf(pid: number): Promise<ProcessRef | undefined> {
  const startTime = await startTimeOf(pid);
  return startTime === undefined ? undefined : { pid, startTime };
}

/** Whether exactly this process still runs. */
export async function isRunning(ref: ProcessRef): Promise<boolean> {
  return (await startTimeOf(ref.pid)) === ref.startTime;
}

/** Waits until the process is gone. @returns false when it still runs after `ms` milliseconds */
export async function waitUntilGone(ref: ProcessRef, ms: number): Promise<boolean> {
  const until = Date.now() + ms;
  while (await isRunning(ref)) {
    if (Date.now() > until) return false;
    await sleep(50);
  }
  return true;
}

/**
 * Asks a process to end, and ends it by force when it does not within `graceMs`. Does nothing to a process that only
 * has the same pid.
 * @returns how it went
 */
export async function stopProcess(
  ref: ProcessRef,
  { signal = 'SIGTERM', graceMs }: { signal?: NodeJS.Signals; graceMs: number },
): Promise<'gone' | 'stopped' | 'killed'> {
  if (!(await isRunning(ref))) return 'gone';
  signalTo(ref.pid, signal);
  if (await waitUntilGone(ref, graceMs)) return 'stopped';
  signalTo(ref.pid, 'SIGKILL');
  await waitUntilGone(ref, 5000);
  return 'killed';
}

/** Sends a signal; a process that has just gone is no error. */
export function signalTo(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
