/**
 * Words as the search knows them: pairs of neighbouring characters, so that two Han characters find what contains them. One place, so
 * that what stands in the index can be keyed later. Pure.
 */

/** NFKC, lower case, letters and digits alone: `（京A）` and `京a` are the same word. */
export function searchable(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
}

/** Each pair once. A text of one character has none. */
export function grams(text: string): string[] {
  const characters = Array.from(searchable(text));
  return [...new Set(characters.slice(1).map((character, i) => `${characters[i]}${character}`))];
}

/** What narrows a list stands in the same index; no word looks like it. */
export const filterGram = (field: string, value: string): string => `${field}=${value}`;
