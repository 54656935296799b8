import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { stopProcess, refOf, signalTo, type ProcessRef } from './processes.ts';

/** A process we have started. Its group is its own: Ctrl-C on the terminal does not reach it before we stop it in order. */
export interface Child extends ProcessRef {
  /** Settles with a few words on how it ended, whoever ended it. Never rejects. */
  readonly exited: Promise<string>;
  /** Asks it to end; by force after `graceMs` (milliseconds). */
  stop(signal: NodeJS.Signals, graceMs: number): Promise<void>;
  /** SIGKILL to the process and all it has started. */
  kill(): void;
}

export interface StartChild {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** File that takes its output; appended to. */
  readonly log: string;
  readonly uid?: number;
  readonly gid?: number;
}

/** Starts a process. @throws when the program cannot be run at all */
export async function startChild({ command, args, cwd, env, log, uid, gid }: StartChild): Promise<Child> {
  const out = openSync(log, 'a', 0o600);
  const who = uid === undefined ? {} : { uid, gid: gid ?? uid };
  let child: ChildProcess;
  try {
    child = spawn(command, args, { cwd, env, ...who, stdio: ['ignore', out, out], detached: true });
  } finally {
    closeSync(out);
  }
  const exited = new Promise<string>((done) => {
    child.once('exit', (code, signal) => done(signal === null ? `code ${code}` : signal));
    child.once('error', (error) => done(error.message));
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${command} could not be started: ${await exited}`);
  const ref = (await refOf(pid)) ?? { pid, startTime: 'gone' };
  return {
    ...ref,
    exited,
    async stop(signal, graceMs) {
      await stopProcess(ref, { signal, graceMs });
      await exited;
    },
    kill: () => (child.exitCode === null && child.signalCode === null ? signalTo(-pid, 'SIGKILL') : undefined),
  };
}
