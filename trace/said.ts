/** What stands at a tag: the sentence of the comment that carries it, or the limit of a pack that names it. Pure. */
import { tagsIn } from './tags.ts';

export interface Said {
  readonly id: string;
  readonly text: string;
}

/** @param kind `yaml`: comments begin with `#`, and a limit says its own name and rule. */
export function saidIn(source: string, kind: 'ts' | 'yaml'): Said[] {
  return kind === 'yaml' ? [...limits(source), ...tagged(comments(source, /(?:^|\s)#(.*)$/gm))] : tagged(tsComments(source));
}

/** Block comments whole; lines of `//` that follow each other taken together, trailing ones by themselves. */
function tsComments(source: string): string[] {
  const blocks = [...source.matchAll(/\/\*\*?([\s\S]*?)\*\//g)].map((m) => m[1]!.replaceAll(/^\s*\* ?/gm, ' '));
  const runs = [...source.matchAll(/(?:^[ \t]*\/\/.*\n)+/gm)].map((m) => m[0].replaceAll(/^[ \t]*\/\/ ?/gm, ' '));
  const trailing = [...source.matchAll(/\S[ \t]+\/\/(.*)$/gm)].map((m) => m[1]!);
  return [...blocks, ...runs, ...trailing];
}

const comments = (source: string, pattern: RegExp): string[] => [...source.matchAll(pattern)].map((m) => m[1]!);

function tagged(texts: readonly string[]): Said[] {
  return texts.flatMap((text) =>
    sentences(text.replaceAll(/\s+/g, ' ').trim()).flatMap((sentence) =>
      tagsIn(sentence)
        .flat()
        .map((id) => ({ id, text: withoutTags(sentence) })),
    ),
  );
}

/** A sentence ends with a full stop and what tags follow it. */
function sentences(text: string): string[] {
  return text.match(/.+?(?:[.](?:\s*\[[A-Z][^\]]*\])*(?=\s|$)|$)/g)?.map((s) => s.trim()) ?? [];
}

function withoutTags(text: string): string {
  const plain = text.replaceAll(/\s*\[[A-Z]{2,4}\d*\.[^\]]*\]/g, '').trim();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** `name: { zh: …, kind: workdays, n: 1, …, requirement: CS19.D1 }`, one limit a line. */
function limits(source: string): Said[] {
  return [...source.matchAll(/^ {2}(\w+): \{ zh: ([^,]+), .*?kind: ([\w+-]+)(?:, n: (\d+))?.*?requirement: ([A-Z0-9]+\.\w+)/gm)].map(
    (m) => ({
      id: m[5]!,
      text: `limit \`${m[1]}\` (${m[2]}): ${[m[4], m[3]].filter(Boolean).join(' ')}`,
    }),
  );
}
