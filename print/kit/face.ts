/** The face that prints are set in, and which characters it has. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { resolve } = createRequire(import.meta.url);
const file = (weight: string): string => resolve(`@expo-google-fonts/noto-sans-sc/${weight}/NotoSansSC_${weight}.ttf`);

export const FACE = { normal: file('400Regular'), bold: file('700Bold') } as const;

/** Stands where the face has no glyph. */
export const BOX = '□';

/** First and last code point of a run that has glyphs, in order. */
type Runs = readonly (readonly [first: number, last: number])[];

let runs: Runs | undefined;

/** Whether the face can show a character. The file is looked at once in a process. */
export function hasGlyph(codePoint: number): boolean {
  runs ??= runsOf(readFileSync(FACE.normal));
  let low = 0;
  let high = runs.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const [first, last] = runs[middle]!;
    if (codePoint < first) high = middle - 1;
    else if (codePoint > last) low = middle + 1;
    else return true;
  }
  return false;
}

/** The Unicode subtable of `cmap` (format 12, all planes) of a TrueType file. @throws when the file has none */
function runsOf(font: Buffer): Runs {
  for (let table = 0; table < font.readUInt16BE(4); table++) {
    const entry = 12 + table * 16;
    if (font.toString('latin1', entry, entry + 4) !== 'cmap') continue;
    const cmap = font.readUInt32BE(entry + 8);
    for (let i = 0; i < font.readUInt16BE(cmap + 2); i++) {
      const subtable = cmap + font.readUInt32BE(cmap + 4 + i * 8 + 4);
      if (font.readUInt16BE(subtable) !== 12) continue;
      const count = font.readUInt32BE(subtable + 12);
      return Array.from({ length: count }, (_, n) => [
        font.readUInt32BE(subtable + 16 + n * 12),
        font.readUInt32BE(subtable + 20 + n * 12),
      ]);
    }
  }
  throw new Error(`${FACE.normal} names no characters: install the face anew`);
}
