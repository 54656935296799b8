/** A span of time as people say it. */
const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
  ['ms', 1],
];

/** `9h`, `1d 2h 30m`; nothing is `0`. */
export function sayDuration(ms: number): string {
  let rest = ms;
  const parts = UNITS.flatMap(([unit, size]) => {
    const n = Math.floor(rest / size);
    rest -= n * size;
    return n === 0 ? [] : [`${n}${unit}`];
  });
  return parts.length === 0 ? '0' : parts.join(' ');
}
