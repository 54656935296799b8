/** Tier tables: every amount falls in exactly one row, and every chain ends in an approval. */
import { plainYuan } from '../domain/money.ts';
import { checkChain } from './chain-check.ts';
import type { Problem } from './problem.ts';
import type { RawPack } from './schema.ts';

type Table = RawPack['tiers'][string];
type Row = Table['rows'][number];

export function checkTiers(pack: RawPack): Problem[] {
  return Object.entries(pack.tiers).flatMap(([name, { rows }]) => [
    ...checkBounds(name, rows),
    ...checkIds(name, rows),
    ...rows.flatMap(({ chain }, i) => checkChain(pack, chain, ['tiers', name, 'rows', i, 'chain'])),
  ]);
}

function checkBounds(name: string, rows: readonly Row[]): Problem[] {
  return rows.flatMap((row, i) => {
    const path = ['tiers', name, 'rows', i, row.below === undefined ? 'upTo' : 'below'];
    if (row.upTo !== undefined && row.below !== undefined) {
      return [{ path, wrong: 'stands beside upTo', right: 'one bound: upTo (includes its number) or below (does not)' }];
    }
    const last = i === rows.length - 1;
    const bound = highest(row);
    if (last !== (bound === undefined)) {
      return [
        {
          path,
          wrong: last ? 'bounds the last row' : 'is missing',
          right: 'a bound, upTo or below, in every row but the last, which takes all amounts above',
        },
      ];
    }
    const before = i === 0 ? undefined : highest(rows[i - 1]!);
    if (before === undefined || bound === undefined || bound > before) return [];
    return [{ path, wrong: 'is not above the row before', right: `bounds that rise from row to row, here above ${plainYuan(before)}` }];
  });
}

/** The highest amount that the row takes. */
function highest({ upTo, below }: Row): number | undefined {
  return below === undefined ? upTo : below - 1;
}

function checkIds(name: string, rows: readonly Row[]): Problem[] {
  return rows.flatMap(({ id }, i) =>
    rows.findIndex((other) => other.id === id) === i
      ? []
      : [{ path: ['tiers', name, 'rows', i, 'id'], wrong: `"${id}" stands there twice`, right: 'each row an id of its own' }],
  );
}
