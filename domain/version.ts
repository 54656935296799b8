/** Versions as packs and calendars write them: numbers between dots, `1.4.0`, `2027.1`. */

/** Below zero when `a` is older than `b`, zero when they say the same, above zero when it is newer. */
export function compareVersions(a: string, b: string): number {
  const [one, other] = [a.split('.'), b.split('.')];
  for (let i = 0; i < Math.max(one.length, other.length); i++) {
    const order = comparePart(one[i] ?? '0', other[i] ?? '0');
    if (order !== 0) return order;
  }
  return 0;
}

function comparePart(a: string, b: string): number {
  const numbers = /^\d+$/.test(a) && /^\d+$/.test(b);
  if (numbers && Number(a) !== Number(b)) return Number(a) - Number(b);
  return a === b || numbers ? 0 : a < b ? -1 : 1;
}
