/** Where a requirement's tags stand: in packs and code as offsets, in tests as the files that carry it in a title. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { tagsIn } from '../../../trace/tags.ts';

/** One tag of one id: `path` from the root, `offset` in characters. */
export interface Place {
  readonly id: string;
  readonly path: string;
  readonly offset: number;
  /** From 1. */
  readonly line: number;
}

/** Every tag of `id` in the files that the trace names for it. */
export function placesOf(root: string, id: string, paths: readonly string[]): Place[] {
  return paths.flatMap((path) => offsetsIn(readFileSync(join(root, path), 'utf8'), id).map((at) => ({ id, path, ...at })));
}

function offsetsIn(text: string, id: string): { offset: number; line: number }[] {
  const tag = new RegExp(`\\[[^\\[\\]]*\\b${escaped(id)}(?![\\w])[^\\[\\]]*\\]|\\brequirement: ${escaped(id)}(?![\\w])`, 'g');
  return [...text.matchAll(tag)]
    .filter(([found]) => found.startsWith('requirement') || tagsIn(found).flat().includes(id))
    .map(({ index }) => ({ offset: index, line: text.slice(0, index).split('\n').length }));
}

/** A story is played by the test of all stories. */
export function testFileOf(path: string): string {
  return path.startsWith('test/scenarios/') && path.endsWith('.yaml') ? 'test/scenarios/scenarios.test.ts' : path;
}

export const escaped = (text: string): string => text.replaceAll('.', String.raw`\.`);
