/**
 * One text for one value, so that a hash over it means something (after RFC 8785): keys sorted by UTF-16 code unit, no
 * white space, numbers and strings as JSON.stringify writes them. The hashing itself is done outside.
 */

/** A value that has no canonical form, with its place: `$.facts.amount`. */
export class CanonicalError extends Error {
  override readonly name = 'CanonicalError';
  constructor(path: string, what: string) {
    super(`${path}: ${what} has no canonical form`);
  }
}

/**
 * Canonical JSON of null, booleans, finite numbers, well-formed strings, arrays and plain objects. A key whose value is
 * undefined is left out, as JSON does. Throws CanonicalError for everything else.
 */
export function canonicalJson(value: unknown): string {
  return write(value, '$');
}

function write(value: unknown, path: string): string {
  switch (typeof value) {
    case 'boolean':
      return String(value);
    case 'string':
      if (!value.isWellFormed()) throw new CanonicalError(path, 'a text with half a character');
      return JSON.stringify(value);
    case 'number':
      if (!Number.isFinite(value)) throw new CanonicalError(path, String(value));
      return JSON.stringify(value);
    case 'object':
      return value === null ? 'null' : writeObject(value, path);
    default:
      throw new CanonicalError(path, typeof value);
  }
}

function writeObject(value: object, path: string): string {
  if (Array.isArray(value)) return `[${Array.from(value, (item, i) => write(item, `${path}[${i}]`)).join(',')}]`;
  // Not by prototype: objects may come from another realm (the workflow's sandbox).
  const tag = Object.prototype.toString.call(value).slice(8, -1);
  if (tag !== 'Object') throw new CanonicalError(path, tag);
  const record = value as Record<string, unknown>;
  const parts: string[] = [];
  for (const key of Object.keys(record).toSorted(byCodeUnit)) {
    if (record[key] === undefined) continue;
    if (!key.isWellFormed()) throw new CanonicalError(path, 'a key with half a character');
    parts.push(`${JSON.stringify(key)}:${write(record[key], `${path}.${key}`)}`);
  }
  return `{${parts.join(',')}}`;
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
