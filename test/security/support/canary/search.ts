/** Looks for plants in every guise in which a text could lie about: as it is, encoded, or as a hash that anybody can make of it. */
import { createHash } from 'node:crypto';
import type { Plant, Plants } from './plants.ts';

export interface Place {
  readonly place: string;
  readonly bytes: Buffer;
}

type Guise = readonly [name: string, bytes: Buffer];

/** @returns `place: how it came in, as what`, each once */
export function searchIn(places: Iterable<Place>, plants: Plants, isAllowed: (place: string, plant: Plant) => boolean): string[] {
  const marks = plants.marks.flatMap(guisesOf);
  const hashes = new Map(plants.all.flatMap((plant) => hashesOf(plant.text).map((hash) => [hash, plant] as const)));
  const found = new Set<string>();
  const tell = (place: string, plant: Plant, as: string): void => {
    if (!isAllowed(place, plant)) found.add(`${place}: ${plant.where}, as ${as}`);
  };
  for (const { place, bytes } of places) {
    for (const hash of hashesIn(bytes)) {
      const plant = hashes.get(hash);
      if (plant !== undefined) tell(place, plant, 'SHA-256');
    }
    if (!marks.some(([, mark]) => bytes.includes(mark))) continue;
    for (const plant of plants.all) for (const [as, needle] of guisesOf(plant.text)) if (bytes.includes(needle)) tell(place, plant, as);
  }
  return [...found].toSorted();
}

function guisesOf(text: string): Guise[] {
  const utf8 = Buffer.from(text, 'utf8');
  const little = Buffer.from(text, 'utf16le');
  const escaped = text
    .split('')
    .map((c) => (c > '~' ? `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}` : c))
    .join('');
  const guises: [string, Buffer][] = [
    ['UTF-8', utf8],
    ['UTF-16LE', little],
    ['UTF-16BE', Buffer.from(little).swap16()],
    ['hex', Buffer.from(utf8.toString('hex'))],
    ['HEX', Buffer.from(utf8.toString('hex').toUpperCase())],
    ['percent-encoded', Buffer.from(encodeURIComponent(text))],
    ['JSON escapes', Buffer.from(escaped)],
  ];
  for (const bytes of [utf8, little]) {
    for (const coded of base64Of(bytes)) {
      guises.push(['base64', Buffer.from(coded)]);
      guises.push(['base64url', Buffer.from(coded.replaceAll('+', '-').replaceAll('/', '_'))]);
    }
  }
  return guises;
}

/** Base64 of bytes in the middle of others: of each of three beginnings the characters that do not depend on what stands around. */
function base64Of(bytes: Buffer): string[] {
  return [0, 1, 2].map((before) => {
    const coded = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    return coded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + bytes.length) * 8) / 6));
  });
}

/** As 32 bytes in latin1. */
const hashesOf = (text: string): string[] =>
  [text, JSON.stringify(text), `${text}\n`].map((one) => createHash('sha256').update(one, 'utf8').digest().toString('latin1'));

/** What could be a SHA-256: in hex, in base64, and short values as they are. */
function* hashesIn(bytes: Buffer): Generator<string> {
  const text = bytes.toString('latin1');
  if (bytes.length === 32) yield text;
  for (const [hex] of text.matchAll(/[0-9a-f]{64}/gi)) yield Buffer.from(hex, 'hex').toString('latin1');
  for (const [coded] of text.matchAll(/[A-Za-z0-9+/_-]{43}/g)) yield Buffer.from(coded, 'base64').toString('latin1');
}
