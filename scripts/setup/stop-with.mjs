/** Ends the set-up with one plain sentence a person can act on. @param {string} sentence */
export function stopWith(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** Says what is going on, one line each. @param {string} line */
export function say(line) {
  process.stderr.write(`${line}\n`);
}
