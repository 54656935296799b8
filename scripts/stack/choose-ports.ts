import { nextFree } from './ports.ts';
import type { StackState } from './state.ts';

export type StackPorts = Required<StackState['ports']>;
export type PortName = keyof StackPorts;

export const defaultPorts: StackPorts = { api: 8080, temporal: 7233, temporalUi: 8233, postgres: 54329 };

const labels: Record<PortName, string> = { api: 'the API', temporal: 'Temporal', temporalUi: 'the Temporal UI', postgres: 'PostgreSQL' };

/**
 * A free port for each part: the one asked for, else that of the last run, else the usual one; when somebody else holds
 * it, the next free one.
 * @param needed parts we run ourselves
 * @param say told in one line about each port that is not the expected one
 */
export async function choosePorts(
  needed: readonly PortName[],
  asked: StackState['ports'],
  remembered: StackState['ports'],
  say: (line: string) => void,
): Promise<StackPorts> {
  const chosen: { -readonly [name in PortName]: number } = { ...defaultPorts, ...remembered, ...asked };
  const taken = new Set<number>();
  for (const name of needed) {
    const wanted = chosen[name];
    chosen[name] = await nextFree(wanted, taken);
    taken.add(chosen[name]);
    if (chosen[name] !== wanted) say(`Port ${wanted} is taken by something else: ${labels[name]} uses ${chosen[name]}.`);
  }
  return chosen;
}
