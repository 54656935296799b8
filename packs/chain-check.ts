/** Chains of approval: known roles, reviews first, an approval at the end. */
import { known } from './known.ts';
import type { Problem } from './problem.ts';
import type { RawPack } from './schema.ts';

type Links = RawPack['chains'][string]['chain'];

export function checkChain(pack: RawPack, chain: Links, path: readonly (string | number)[]): Problem[] {
  const acts = chain.map((link) => ('review' in link ? 'review' : 'approve'));
  const roles = chain.flatMap((link, k) => known(pack.roles, 'review' in link ? link.review : link.approve, [...path, k], 'role'));
  const inOrder = acts.at(-1) === 'approve' && acts.lastIndexOf('review') < acts.indexOf('approve');
  return inOrder ? roles : [...roles, { path, wrong: `is ${acts.join(', ')}`, right: 'reviews first, then at least one approval' }];
}
