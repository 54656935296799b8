/** How far it is: one moving line on a terminal, one line per tenth in a pipe. */

export interface Progress {
  step(done: number, all: number): void;
  end(): void;
}

const WIDTH = 30;

export function progressOn(stream: NodeJS.WriteStream): Progress {
  let tenth = 0;
  const started = Date.now();
  return {
    step: (done, all) => {
      const rate = done / Math.max((Date.now() - started) / 1000, 0.001);
      const text = `${done} of ${all} cases, ${rate.toFixed(1)} a second`;
      if (stream.isTTY) {
        const full = Math.round((done / all) * WIDTH);
        stream.write(`\r\u001B[K${'█'.repeat(full)}${'░'.repeat(WIDTH - full)} ${text}`);
      } else if (Math.floor((done * 10) / all) > tenth) {
        tenth = Math.floor((done * 10) / all);
        stream.write(`${text}\n`);
      }
    },
    end: () => void (stream.isTTY && stream.write('\n')),
  };
}
