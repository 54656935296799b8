/** The name somebody probably meant. */

export function nearest(name: string, among: readonly string[]): string | undefined {
  const ranked = among.map((one) => ({ one, far: distance(name.toLowerCase(), one.toLowerCase()) })).sort((a, b) => a.far - b.far);
  return ranked[0]?.one;
}

/** Letters to insert, remove or replace (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}

/** What was meant, for a remedy: the closest name, and all there are while they are few. */
export function suggest(name: string, among: readonly string[]): string {
  const best = nearest(name, among);
  if (best === undefined) return 'one that exists; there is none';
  return among.length > FEW ? `the closest is "${best}"` : `"${best}" is the closest of: ${among.join(', ')}`;
}

const FEW = 12;
