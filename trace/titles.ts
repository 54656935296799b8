/** Whether a test file has a test of a title. */

/**
 * @param title as the file writes it, between its quotes
 * A test that is skipped, to be done, or behind a comment proves nothing.
 */
export function hasTest(text: string, title: string): boolean {
  const quoted = title.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const call = new RegExp(`\\(\\s*(['"\`])${quoted}\\1`, 'g');
  return [...text.matchAll(call)].some(({ index }) => {
    const line = text.slice(text.lastIndexOf('\n', index) + 1, index);
    return !/^\s*(\/\/|\*)/.test(line) && !/\.(skip|todo|fails)(\.each\(.*\))?$/.test(line);
  });
}
