/** Cells that a spreadsheet would run as a formula: what leaves is guarded by an apostrophe, and coming back it is taken off. */

// Full-width signs too: some spreadsheets read them as the others.
// With apostrophes before it too: otherwise one that belongs to the text would be taken off on the way back.
const FORMULA = /^'*[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/;

/** Text as it may stand in a CSV file. `withoutGuard` is its inverse. */
export const withGuard = (text: string): string => (FORMULA.test(text) ? `'${text}` : text);

export const withoutGuard = (text: string): string => (text.startsWith("'") && FORMULA.test(text) ? text.slice(1) : text);
