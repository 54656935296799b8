/**
 * Takes tagged data out, one at a time, in a copy of the work tree, and asks that a test that carries the id goes red.
 *
 *   node test/support/remove-datum.ts --sample 20 --seed 7
 *   node test/support/remove-datum.ts --ids TS.F1,CS19.F18
 *   node test/support/remove-datum.ts --system S0-TS16949 --tiers domain,api
 *
 * One line a tag: id, place, colour, test. Exit code 1 when a tag's tests stay green without its datum, or are red with it.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readRequirements } from '../../trace/requirements.ts';
import { scan } from '../../trace/scan.ts';
import { copyTree, type Copy } from './removal/copy.ts';
import { placesOf, testFileOf, type Place } from './removal/places.ts';
import { runTests, type Colour } from './removal/run-tests.ts';
import { withoutTsNode } from './removal/ts-node.ts';
import { withoutYamlNode } from './removal/yaml-node.ts';

const ROOT = join(import.meta.dirname, '../..');

interface Row {
  readonly id: string;
  readonly places: readonly Place[];
  readonly tests: readonly string[];
}

interface Line {
  readonly id: string;
  readonly place: string;
  readonly colour: string;
  readonly test: string;
  readonly good: boolean;
}

/** Rows of disposition `data` that are tagged in code and in tests. */
function taggedRows(root: string): (Row & { readonly system: string })[] {
  const { places } = scan(root);
  return readRequirements(root)
    .rows.filter(({ disposition }) => disposition === 'data')
    .flatMap(({ id, system }) => {
      const found = places.get(id);
      if (found === undefined || found.code.length === 0) return [];
      return [{ id, system, places: placesOf(root, id, found.code), tests: [...new Set(found.tests.map(testFileOf))] }];
    });
}

const SHOWN: Readonly<Record<Colour, string>> = { red: 'red', load: 'load', green: 'GREEN', none: 'GREEN', broken: 'BROKEN' };

/** Every tag of a row taken out by itself; first its tests as they are. */
function* removals(copy: Copy, { id, places, tests }: Row): Generator<Line> {
  const before = runTests(copy.root, id, tests);
  if (before.colour !== 'green') {
    const colour = before.colour === 'none' ? 'NO TEST' : 'RED BEFORE';
    yield { id, place: '', colour, test: before.test, good: false };
    return;
  }
  for (const { path, offset, line } of places) {
    const text = readFileSync(join(copy.root, path), 'utf8');
    const without = path.endsWith('.yaml') ? withoutYamlNode(text, offset) : withoutTsNode(path, text, offset);
    const place = `${path}:${line}`;
    if (without === undefined) {
      yield { id, place, colour: 'NO DATUM', test: 'nothing stands at the tag', good: false };
      continue;
    }
    const { colour, test } = copy.with(path, without, () => runTests(copy.root, id, tests));
    yield { id, place, colour: SHOWN[colour], test, good: colour === 'red' || colour === 'load' };
  }
}

/** Shuffled by a seed, so that the same sample comes again (mulberry32). */
function shuffled<T>(items: readonly T[], seed: number): T[] {
  let state = seed;
  const random = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  return items
    .map((item) => ({ item, key: random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

function main(): void {
  const { values } = parseArgs({
    options: {
      sample: { type: 'string' },
      seed: { type: 'string', default: '1' },
      ids: { type: 'string' },
      system: { type: 'string' },
      tiers: { type: 'string' },
    },
  });
  const tiers = values.tiers?.split(/[, ]+/);
  const wanted = values.ids?.split(/[, ]+/);
  const rows = taggedRows(ROOT).filter(({ id, system }) => (wanted?.includes(id) ?? true) && (values.system ?? system) === system);
  const sampled = values.sample === undefined ? rows : shuffled(rows, Number(values.seed)).slice(0, Number(values.sample));
  const chosen = sampled.map((row) => ({ ...row, tests: row.tests.filter((path) => tiers?.includes(path.split('/')[1]!) ?? true) }));
  const missing = wanted?.filter((id) => !rows.some((row) => row.id === id)) ?? [];
  for (const id of missing) process.stdout.write(`${id}  NO TAG\n`);
  const copy = copyTree(ROOT);
  let bad = missing.length;
  const good = { red: 0, load: 0 };
  try {
    for (const row of chosen)
      for (const line of removals(copy, row)) {
        if (line.good) good[line.colour === 'load' ? 'load' : 'red'] += 1;
        else bad += 1;
        process.stdout.write(`${line.id.padEnd(10)} ${line.colour.padEnd(10)} ${line.place.padEnd(48)} ${line.test}\n`);
      }
  } finally {
    copy.close();
  }
  process.stdout.write(`${good.red} red by an assertion without their datum, ${good.load} because nothing loads without it, ${bad} not\n`);
  process.exitCode = bad === 0 ? 0 : 1;
}

main();
