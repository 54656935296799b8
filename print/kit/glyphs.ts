/** Text as it can be set: what the face lacks becomes a box, and is remembered. */
import { BOX, hasGlyph } from './face.ts';

/** Control and format characters (bidi marks among them), separators, variation selectors: nothing that is not seen, nothing that turns the line round. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Variation_Selector}]/u;
const NEWLINES = /\r\n?|\u2028|\u2029|\u0085/g;

export class Glyphs {
  readonly #missing = new Set<number>();

  /** The text with a box for each character that the face lacks; lone surrogates are such. */
  settable(text: string): string {
    let out = '';
    for (const char of text.replace(NEWLINES, '\n').normalize('NFC')) {
      const code = char.codePointAt(0) ?? 0;
      if (char === '\n') out += char;
      else if (char === '\t') out += ' ';
      else if (UNSEEN.test(char)) continue;
      else if (hasGlyph(code)) out += char;
      else {
        this.#missing.add(code);
        out += BOX;
      }
    }
    return out;
  }

  /** Code points that were asked for and are not there, in order: `U+E000`. */
  get missing(): readonly string[] {
    return [...this.#missing].toSorted((a, b) => a - b).map((code) => `U+${code.toString(16).toUpperCase().padStart(4, '0')}`);
  }
}
