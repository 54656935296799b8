/** Tier tables: every amount falls in exactly one row, and every chain ends in an approval. */
import { known } from './known.ts';
import type { Problem } from './problem.ts';
import type { RawPack } from './schema.ts';

type Table = RawPack['tiers'][string];

export function checkTiers(pack: RawPack): Problem[] {
  return Object.entries(pack.tiers).flatMap(([name, table]) => [...checkBounds(name, table), ...checkChains(pack, name, table)]);
}

function checkBounds(name: string, { rows }: Table): Problem[] {
  return rows.flatMap((row, i) => {
    const path = ['tiers', name, 'rows', i, 'upTo'];
    const last = i === rows.length - 1;
    if (last !== (row.upTo === undefined)) {
      return [
        {
          path,
          wrong: last ? 'bounds the last row' : 'is missing',
          right: 'a bound in every row but the last, which takes all amounts above',
        },
      ];
    }
    const before = rows[i - 1]?.upTo;
    if (before === undefined || row.upTo === undefined || row.upTo > before) return [];
    return [{ path, wrong: 'is not above the row before', right: 'bounds that rise from row to row' }];
  });
}

function checkChains(pack: RawPack, name: string, { rows }: Table): Problem[] {
  return rows.flatMap((row, i) => {
    const path = ['tiers', name, 'rows', i, 'chain'];
    const acts = row.chain.map((link) => ('review' in link ? 'review' : 'approve'));
    const roles = row.chain.flatMap((link, k) => known(pack.roles, 'review' in link ? link.review : link.approve, [...path, k], 'role'));
    const inOrder = acts.at(-1) === 'approve' && acts.lastIndexOf('review') < acts.indexOf('approve');
    return inOrder ? roles : [...roles, { path, wrong: `is ${acts.join(', ')}`, right: 'reviews first, then at least one approval' }];
  });
}
