/**
 * Which steps, limits, tiers, switches, roles and form fields each procedure names, read from its code. Run as a program it
 * writes `packs/procedures.json`, on which `redress pack check` rests.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseSync } from 'oxc-parser';
import { listPacks, loadPack } from '../../packs/load.ts';

const ROOT = join(import.meta.dirname, '../..');
export const REGISTRY = join(ROOT, 'packs/procedures.json');

interface Names {
  steps: string[];
  /** Steps it has an answer for without asking them: a pack may have them. */
  heard: string[];
  /** Proposals: each is decided at `<name>.review` and `<name>.approve`, as the pack's chains say. */
  proposals: string[];
  limits: string[];
  tiers: string[];
  switches: string[];
  roles: string[];
  /** By step: the decision-relevant fields its answer is read for. */
  fields: Record<string, string[]>;
  /** By limit: which of `arms`, `startsAt` and `onHandOver` it is read for. */
  starts: Record<string, string[]>;
}

/** A node of the syntax tree (ESTree), read by the names of its parts. */
type Node = { readonly type: string; readonly start: number; readonly end: number } & Readonly<Record<string, unknown>>;

interface Source {
  readonly text: string;
  readonly program: Node;
}

type Lists = Exclude<keyof Names, 'fields' | 'starts'>;
type Found = Record<Lists, Set<string>> & Record<'fields' | 'starts', Map<string, Set<string>>>;

/** What every case names through the kit, and each exported procedure beyond it. */
export function scanProcedures(): { everyCase: Names; procedures: Record<string, Names> } {
  const packs = listPacks().map(loadPack);
  const kitFiles = reachable(join(ROOT, 'workflows/kit/run.ts'), () => true);
  const kit = collect(kitFiles, new Set());
  const procedures = exportsOf(join(ROOT, 'workflows/index.ts')).map(([name, file]): [string, Names] => {
    const own = reachable(file, (path) => !kitFiles.has(path));
    const running = packs.filter(({ kinds }) => Object.values(kinds).some((kind) => kind.workflow === name));
    const roles = new Set(running.flatMap((pack) => pack.roles.map((role) => role.id)));
    return [name, plain(collect(own, roles), kit)];
  });
  return { everyCase: plain(kit), procedures: Object.fromEntries(procedures.toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}

function plain(found: Found, without?: Found): Names {
  const list = (key: Lists): string[] => [...found[key]].filter((name) => !without?.[key].has(name)).toSorted();
  return {
    steps: list('steps'),
    heard: list('heard'),
    proposals: list('proposals'),
    limits: list('limits'),
    tiers: list('tiers'),
    switches: list('switches'),
    roles: list('roles'),
    fields: sorted(found.fields),
    starts: sorted(found.starts),
  };
}

const sorted = (table: Found['fields']): Record<string, string[]> =>
  Object.fromEntries([...table].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([key, names]) => [key, [...names].toSorted()]));

/** Each file once: the stages are reached from every procedure. */
const parsed = new Map<string, Source>();

function parse(path: string): Source {
  const known = parsed.get(path);
  if (known !== undefined) return known;
  const text = readFileSync(path, 'utf8');
  const source = { text, program: parseSync(path, text).program as unknown as Node };
  parsed.set(path, source);
  return source;
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function children(node: Node): Node[] {
  return Object.values(node).flatMap((value) => (Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : []));
}

function nodes(value: unknown): Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

/** `export { name } from './file.ts'` of the bundle's entry. */
function exportsOf(index: string): [string, string][] {
  return nodes(parse(index).program['body']).flatMap((statement) => {
    const from = literals(statement['source'])[0];
    if (from === undefined) return [];
    return nodes(statement['specifiers']).map((one): [string, string] => [nameOf(one['exported']), join(dirname(index), from)]);
  });
}

/** The file and all it imports by relative path, types too: facts are types. */
function reachable(path: string, keep: (path: string) => boolean, seen = new Map<string, Source>()): Map<string, Source> {
  if (seen.has(path) || !keep(path)) return seen;
  const source = parse(path);
  seen.set(path, source);
  for (const statement of nodes(source.program['body'])) {
    const from = literals(statement['source'])[0];
    if (from?.startsWith('.')) reachable(join(dirname(path), from), keep, seen);
  }
  return seen;
}

function collect(files: ReadonlyMap<string, Source>, roles: ReadonlySet<string>): Found {
  const set = () => new Set<string>();
  const found: Found = {
    steps: set(),
    heard: set(),
    proposals: set(),
    limits: set(),
    tiers: set(),
    switches: set(),
    roles: set(),
    fields: new Map(),
    starts: new Map(),
  };
  const types = interfaces(files);
  for (const [path, { text, program }] of files) {
    const procedure = /^(workflows|domain)\/(?!kit\/|case\/)[\w-]+\//.test(relative(ROOT, path));
    const said = (node: unknown): string => (isNode(node) ? text.slice(node.start, node.end) : '');
    const visit = (node: Node, parent?: Node): void => {
      read(node, said, found, types);
      const [name] = literals(node);
      if (procedure && node.type === 'Literal' && name !== undefined && roles.has(name) && !isCalled(node, parent)) found.roles.add(name);
      for (const child of children(node)) visit(child, node);
    };
    visit(program);
    readStarts(program, said, found.starts);
  }
  return found;
}

/** A stage, an effect or a step that is called like a role is none. */
function isCalled(node: Node, parent: Node | undefined): boolean {
  return parent?.type === 'CallExpression' && calleeOf(parent) !== 'tell' && nodes(parent['arguments'])[0] === node;
}

function interfaces(files: ReadonlyMap<string, Source>): Map<string, Node[]> {
  const found = new Map<string, Node[]>();
  const visit = (node: Node): void => {
    if (node.type === 'TSInterfaceDeclaration') found.set(nameOf(node['id']), nodes((node['body'] as Node)['body']));
    else for (const child of children(node)) visit(child);
  };
  for (const { program } of files.values()) visit(program);
  return found;
}

function nameOf(node: unknown): string {
  if (!isNode(node)) return '';
  const name = node['name'] ?? node['value'];
  return typeof name === 'string' ? name : '';
}

function calleeOf({ callee }: Node): string {
  return isNode(callee) && callee.type === 'MemberExpression' ? nameOf(callee['property']) : nameOf(callee);
}

type Says = (node: unknown) => string;

function read(node: Node, said: Says, found: Found, types: ReadonlyMap<string, Node[]>): void {
  switch (node.type) {
    case 'CallExpression':
      return readCall(node, found, types);
    case 'Property':
      return readProperty(node, found);
    case 'MemberExpression':
      return node['computed'] === true ? readAccess(node, said, found) : undefined;
    case 'VariableDeclarator':
      return readVariable(node, said, found);
    case 'BinaryExpression':
      return /(?:^|\.)step$/.test(said(node['left'])) ? addAll(found.heard, node['right']) : undefined;
    case 'AssignmentExpression':
      return /limit$/i.test(said(node['left'])) ? addAll(found.limits, node['right']) : undefined;
    default:
      return undefined;
  }
}

function addAll(set: Set<string> | undefined, node: unknown): void {
  for (const name of literals(node)) set?.add(name);
}

function readCall(node: Node, found: Found, types: ReadonlyMap<string, Node[]>): void {
  const callee = calleeOf(node);
  const [first, second] = nodes(node['arguments']);
  const type = nodes((node['typeArguments'] as Node | null)?.['params'])[0];
  if (callee === 'intake') addFields(found, 'open', type, types);
  if (['ask', 'owe', 'offer', 'lapse', 'open'].includes(callee) && (node['callee'] as Node).type === 'MemberExpression')
    for (const step of literals(first)) {
      found.steps.add(step);
      addFields(found, step, type, types);
    }
  if (callee === 'watch') addAll(found.limits, first);
  if (callee === 'switch') addAll(found.switches, first);
  if (/^approve[A-Z]/.test(callee)) addAll(found.proposals, second);
}

function addFields(found: Found, step: string, type: Node | undefined, types: ReadonlyMap<string, Node[]>): void {
  if (type === undefined) return;
  const members = type.type === 'TSTypeLiteral' ? nodes(type['members']) : (types.get(nameOf(type['typeName'])) ?? []);
  const names = found.fields.get(step) ?? new Set();
  for (const member of members) names.add(nameOf(member['key']));
  if (names.size > 0) found.fields.set(step, names);
}

function readProperty(node: Node, found: Found): void {
  const kinds: Readonly<Record<string, Set<string>>> = { within: found.limits, table: found.tiers, step: found.steps };
  addAll(kinds[nameOf(node['key'])], node['value']);
}

function readAccess(node: Node, said: Says, found: Found): void {
  const of = /(?:^|\.)(limits|tiers|steps|switches)$/.exec(said(node['object']))?.[1] as
    | 'limits'
    | 'tiers'
    | 'steps'
    | 'switches'
    | undefined;
  if (of !== undefined) addAll(found[of], node['property']);
}

/**
 * Where a limit starts: `limits['repair']?.startsAt`, or of `limits[this.limit]` all that the file makes `this.limit`;
 * `boundFrom(c.limit('onSite'), …)` goes by its `arms`.
 */
function readStarts(program: Node, said: Says, starts: Found['starts']): void {
  const made = new Map<string, string[]>();
  const read: [limit: Node, setting: string][] = [];
  const visit = (node: Node): void => {
    const { property, object, left } = node;
    if (node.type === 'AssignmentExpression') made.set(said(left), literals(node['right']));
    const setting = nameOf(property);
    if (node.type === 'MemberExpression' && ['arms', 'startsAt', 'onHandOver'].includes(setting) && isNode(object)) {
      if (object.type === 'MemberExpression' && /(?:^|\.)limits$/.test(said(object['object'])))
        read.push([object['property'] as Node, setting]);
    }
    const [first] = node.type === 'CallExpression' && calleeOf(node) === 'boundFrom' ? nodes(node['arguments']) : [];
    if (first?.type === 'CallExpression' && calleeOf(first) === 'limit') read.push([nodes(first['arguments'])[0]!, 'arms']);
    for (const child of children(node)) visit(child);
  };
  visit(program);
  for (const [limit, setting] of read) {
    const named = literals(limit);
    for (const name of named.length > 0 ? named : (made.get(said(limit)) ?? []))
      starts.set(name, (starts.get(name) ?? new Set()).add(setting));
  }
}

/** `const { auditBound } = rules.switches`, and the list of the acts that every case knows. */
function readVariable({ id, init }: Node, said: Says, found: Found): void {
  if (isNode(id) && id.type === 'ObjectPattern' && /\bswitches$/.test(said(init)))
    for (const property of nodes(id['properties'])) found.switches.add(nameOf(property['key']));
  if (nameOf(id) === 'caseActs') addAll(found.steps, init);
}

/** The texts of a literal, of both branches of a choice, of a list. */
function literals(node: unknown): string[] {
  if (!isNode(node)) return [];
  switch (node.type) {
    case 'Literal':
      return typeof node['value'] === 'string' ? [node['value']] : [];
    case 'ConditionalExpression':
      return [...literals(node['consequent']), ...literals(node['alternate'])];
    case 'ArrayExpression':
      return nodes(node['elements']).flatMap(literals);
    case 'LogicalExpression':
      return [...literals(node['left']), ...literals(node['right'])];
    case 'TSAsExpression':
    case 'ParenthesizedExpression':
      return literals(node['expression']);
    default:
      return [];
  }
}

if (process.argv[1] === import.meta.filename) writeFileSync(REGISTRY, `${JSON.stringify(scanProcedures(), null, 2)}\n`);
