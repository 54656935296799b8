/** Requirement → code → test: what is carried out and proved, what comes later and why, what is missing. */
import { readRequirements, type Requirement } from './requirements.ts';
import { scan, type Places } from './scan.ts';

export type Status =
  | 'tested' // carried out and proved
  | 'implemented' // carried out; nothing proves it
  | 'open' // not carried out
  | 'background'; // nothing to carry out

export interface TraceRow extends Requirement, Places {
  readonly status: Status;
  /** Why it is left for later; absent = it is in scope. */
  readonly later?: string;
}

export interface Trace {
  readonly rows: readonly TraceRow[];
  /** What must not be: rows in scope without code or test, ids nobody knows, tests with too many ids. */
  readonly faults: readonly string[];
}

const NOWHERE: Places = { code: [], tests: [] };

/** @param root the project's folder */
export function trace(root: string): Trace {
  const requirements = readRequirements(root);
  const { places, crowded } = scan(root);
  const rows = requirements.rows.map((row): TraceRow => {
    const at = places.get(row.id) ?? NOWHERE;
    const later = requirements.later(row);
    return { ...row, ...at, status: statusOf(row, at), ...(later === undefined ? {} : { later }) };
  });
  const known = new Set(rows.map((row) => row.id));
  const unknown = [...places]
    .filter(([id]) => !known.has(id))
    .map(([id, at]) => `${id} is no requirement: ${[...at.code, ...at.tests][0]}`);
  return { rows, faults: [...rows.flatMap(faultOf), ...unknown, ...crowded.map((tag) => `more than eight ids: ${tag}`)] };
}

function statusOf({ disposition }: Requirement, { code, tests }: Places): Status {
  if (code.length > 0) return tests.length > 0 ? 'tested' : 'implemented';
  return disposition === 'background' ? 'background' : 'open';
}

function faultOf(row: TraceRow): string[] {
  if (row.later !== undefined || row.status === 'tested' || row.status === 'background') return [];
  return [`${row.id} (${row.disposition}, ${row.clause}) has no ${row.status === 'open' ? 'code' : 'test'}: ${row.text}`];
}
