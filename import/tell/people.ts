/** Who held the work, as an id without a name. */
import { createHmac } from 'node:crypto';
import type { Mapping } from '../mapping/schema.ts';

/**
 * `id`: the register's own ids, in the letters an id may have. `pseudonym`: the same person is the same id within one
 * register and one installation; nobody without its key can tell who that is.
 */
export function personOf(name: string, { register, assigned }: Mapping, key: Uint8Array): string {
  if (assigned?.as === 'id') {
    const id = name
      .normalize('NFKC')
      .toLowerCase()
      .replaceAll(/[^a-z0-9_.@-]+/g, '-')
      .replaceAll(/^[-.@]+|-+$/g, '')
      .slice(0, 64);
    if (id !== '') return id;
  }
  return `p-${createHmac('sha256', key)
    .update(`${register}\n${name.normalize('NFKC').trim()}`)
    .digest('hex')
    .slice(0, 16)}`;
}
