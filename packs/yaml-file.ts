/** Reads a YAML file against a schema; whatever is wrong is named by file, line and path. */
import { readFileSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import { isNode, LineCounter, parseDocument, type Document, type YAMLParseError } from 'yaml';
import { z } from 'zod';
import { problemsOf } from './issues.ts';
import { PackError, sayPath, type PlacedProblem, type Problem } from './problem.ts';

export interface YamlFile<T> {
  readonly value: T;
  /** An error for problems found later, with their lines. */
  fail(problems: readonly Problem[]): PackError;
}

/** What is done with content before it is checked; `fail` makes the error for what is wrong with it. */
type Complete = (given: unknown, fail: YamlFile<unknown>['fail']) => unknown;

/** What stands in the file, unchecked. Throws PackError when it is missing or no YAML. */
export function readPlain(path: string): unknown {
  return readYaml(path, z.unknown()).value;
}

/**
 * Throws PackError when the file is missing, is no YAML, or does not fit the schema.
 * @param complete what is done with the content before it is checked (laying it over another file's)
 */
export function readYaml<S extends z.ZodType>(path: string, schema: S, complete: Complete = (given) => given): YamlFile<z.output<S>> {
  const file = shown(path);
  return parseYaml(readText(path, file), file, schema, complete);
}

/** The same for text that is at hand; `file` is how its place is called. */
export function parseYaml<S extends z.ZodType>(
  text: string,
  file: string,
  schema: S,
  complete: Complete = (given) => given,
): YamlFile<z.output<S>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) throw new PackError(document.errors.map((error) => syntaxProblem(file, error, lines, text)));
  const fail = (problems: readonly Problem[]): PackError => {
    return new PackError(
      problems.map(({ path: at, wrong, right }) => ({ file, ...lineOf(document, at, lines), path: sayPath(at), wrong, right })),
    );
  };
  const content = plain(document, file);
  if (content === null) throw new PackError([{ file, path: '', wrong: 'is empty', right: 'what such a file has to say' }]);
  const given = complete(content, fail);
  const parsed = schema.safeParse(given);
  if (!parsed.success) throw fail(problemsOf(parsed.error, given));
  return { value: parsed.data, fail };
}

function plain(document: Document, file: string): unknown {
  try {
    const content: unknown = document.toJS({ maxAliasCount: 20 });
    JSON.stringify(content); // what contains itself is found here
    return content;
  } catch (error) {
    throw new PackError([
      {
        file,
        path: '',
        wrong: circular(error) ? 'contains itself by an alias' : (error as Error).message,
        right: 'YAML that repeats little by alias',
      },
    ]);
  }
}

const circular = (error: unknown): boolean => error instanceof TypeError && error.message.includes('circular');

function readText(path: string, file: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new PackError([{ file, path: '', wrong: unreadable(error), right: 'a readable YAML file' }]);
  }
}

/** Why a file could not be read, in plain words. */
export function unreadable(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'there is no such file';
  return code === 'EISDIR' ? 'is a folder' : `cannot be read (${message})`;
}

function syntaxProblem(file: string, { code, message, pos }: YAMLParseError, lines: LineCounter, text: string): PlacedProblem {
  const line = lines.linePos(pos[0]).line;
  if (code === 'MULTIPLE_DOCS') return { file, line, path: '', wrong: 'begins a second document', right: 'one document, without ---' };
  if (code !== 'DUPLICATE_KEY') return { file, line, path: '', wrong: message, right: 'well-formed YAML' };
  const name = /^[^\s:]+/.exec(text.slice(pos[0]))?.[0] ?? '';
  return { file, line, path: '', wrong: `the name "${name}" stands there twice`, right: 'each name once' };
}

/** Line of the deepest node on the path that the file has. */
function lineOf(document: Document, path: readonly (string | number)[], lines: LineCounter): { line?: number } {
  for (let depth = path.length; depth > 0; depth--) {
    const node = nodeAt(document, path.slice(0, depth));
    if (isNode(node) && node.range) return { line: lines.linePos(node.range[0]).line };
  }
  return {};
}

function nodeAt(document: Document, path: readonly (string | number)[]): unknown {
  // A calendar's years are number keys in YAML and text once read.
  return (
    document.getIn(path, true) ??
    document.getIn(
      path.map((key) => (/^\d{4}$/.test(String(key)) ? Number(key) : key)),
      true,
    )
  );
}

function shown(path: string): string {
  const near = relative(process.cwd(), path);
  return near.startsWith('..') || isAbsolute(near) ? path : near;
}
