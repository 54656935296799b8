/**
 * Words as the search knows them: neighbouring characters, so that two Han characters find what contains them. What is sealed stands
 * in the index by keyed hashes of the same grams. Pure.
 */

/** NFKC, lower case, letters and digits alone: `（京A）` and `京a` are the same word. */
export function searchable(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Characters of a gram: a word is sought by the longest that fits into it, so that a whole telephone number is as rare as it is. */
const SIZES = [8, 4, 2] as const;

/** What stands in the index for a text: its pairs, fours and eights, each once. A text of one character has none. */
export function grams(text: string): string[] {
  const characters = Array.from(searchable(text));
  return [...new Set(SIZES.flatMap((size) => slices(characters, size)))];
}

/**
 * What everything that contains the word has in the index, no more of it than covers the word; of a single character what begins an
 * id with it.
 */
export function gramsSought(word: string): string[] {
  const characters = Array.from(searchable(word));
  const [first] = characters;
  if (characters.length === 1 && first !== undefined) return [startGram(first)];
  const size = SIZES.find((one) => one <= characters.length) ?? 2;
  const all = slices(characters, size);
  return [...new Set(all.filter((_, i) => i % size === 0 || i === all.length - 1))];
}

/** First character of an id; no word looks like it. */
export const startGram = (id: string): string => `^${Array.from(searchable(id))[0] ?? ''}`;

function slices(characters: readonly string[], size: number): string[] {
  return characters.slice(0, Math.max(0, characters.length - size + 1)).map((_, i) => characters.slice(i, i + size).join(''));
}

/** What narrows a list stands in the same index; no word looks like it. */
export const filterGram = (field: string, value: string): string => `${field}=${value}`;
