import type { Config } from '../../temporal.config.ts';
import type { StackPorts } from '../stack/choose-ports.ts';
import type { ProcessRef } from '../stack/processes.ts';
import type { PartName } from '../stack/state.ts';

/** What every step of `up` works with. */
export interface UpContext {
  readonly config: Config;
  readonly ports: StackPorts;
  readonly say: (line: string) => void;
  /** Aborted when the stack is to stop, also in the middle of starting. */
  readonly stopping: AbortSignal;
  /** Notes a part in the state file, for `down`, `status` and the next `up`. */
  readonly note: (name: PartName, address: string, ref?: ProcessRef) => Promise<void>;
  /** Registers how to stop what has been started; run in the opposite order. */
  readonly onStop: (label: string, stop: () => Promise<void>) => void;
}
