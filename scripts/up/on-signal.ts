/** A second signal this soon is the same Ctrl-C, handed on by npm. */
const sameWithin = 1500;

/**
 * Turns Ctrl-C, SIGTERM and a closed terminal into an abort; a second, later one calls `again`.
 * @returns the signal that is aborted
 */
export function abortOnSignal(again: () => void): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (first === 0) {
        first = Date.now();
        controller.abort();
      } else if (Date.now() - first > sameWithin) again();
    });
  }
  return controller.signal;
}
