/** Taking a tagged node out of YAML. Pure: text in, text out. */

/**
 * The node of the tag's line, or of the next line that is no comment when the tag stands alone: that line and all that is
 * indented deeper, up to the bracket that closes it.
 * @returns undefined when nothing follows the tag
 */
export function withoutYamlNode(text: string, offset: number): string | undefined {
  const lines = text.split('\n');
  let first = text.slice(0, offset).split('\n').length - 1;
  while (first < lines.length && isComment(lines[first]!)) first += 1;
  const own = lines[first];
  if (own === undefined) return undefined;
  const depth = indent(own);
  let last = first;
  while (last + 1 < lines.length && belongs(lines[last + 1]!, depth)) last += 1;
  while (last > first && isComment(lines[last]!)) last -= 1;
  return [...lines.slice(0, first), ...lines.slice(last + 1)].join('\n');
}

const isComment = (line: string): boolean => /^\s*(#.*)?$/.test(line);
const indent = (line: string): number => line.search(/\S/);

/** Deeper, empty, or the closing bracket of a node that was opened on the line itself. */
function belongs(line: string, depth: number): boolean {
  if (line.trim() === '') return true;
  return indent(line) > depth || (indent(line) === depth && /^[\]}]/.test(line.trim()));
}
