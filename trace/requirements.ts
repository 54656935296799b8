/** The list of requirements, and what of it comes later. Read from `docs/`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

export type Disposition = 'workflow' | 'api' | 'data' | 'schedule' | 'report' | 'background';

export interface Requirement {
  /** `CS19.D1` */
  readonly id: string;
  /** The document it comes from: `S3-CS19`. */
  readonly system: string;
  /** Letter of its kind: role, form, kind, step, deadline, threshold, measure, report, archive, ambiguity. */
  readonly kind: string;
  readonly clause: string;
  readonly text: string;
  readonly disposition: Disposition;
}

/** What is left for later: one id, a whole system (`S3-SERVICE`) or a whole disposition (`report`). */
interface Later {
  readonly what: string;
  readonly reason: string;
}

export interface Requirements {
  readonly rows: readonly Requirement[];
  /** Why a row is left for later; undefined = it is in scope. */
  later(row: Requirement): string | undefined;
}

/** @throws Error that names file and line when a list cannot be read, has a row twice, or leaves out what is not there */
export function readRequirements(root: string): Requirements {
  const rows = readCsv<Requirement>(join(root, 'docs/requirements.csv'), ['id', 'system', 'kind', 'clause', 'text', 'disposition']);
  const known = new Set<string>();
  for (const row of rows) {
    if (known.has(row.id)) throw new Error(`docs/requirements.csv: ${row.id} stands there twice`);
    known.add(row.id);
  }
  const later = readCsv<Later>(join(root, 'docs/requirements-later.csv'), ['what', 'reason']);
  const names = new Set(rows.flatMap((row) => [row.id, row.system, row.disposition]));
  const odd = later.find(({ what }) => !names.has(what));
  if (odd !== undefined) throw new Error(`docs/requirements-later.csv: there is no id, system or disposition ${odd.what}`);
  const reasons = new Map(later.map(({ what, reason }) => [what, reason]));
  return { rows, later: (row) => reasons.get(row.id) ?? reasons.get(row.system) ?? reasons.get(row.disposition) };
}

function readCsv<T>(path: string, columns: readonly string[]): T[] {
  return parse(readFileSync(path, 'utf8'), {
    bom: true,
    skip_empty_lines: true,
    columns: (header: string[]) => {
      const missing = columns.filter((column) => !header.includes(column));
      if (missing.length > 0) throw new Error(`${path}: the first line lacks ${missing.join(', ')}`);
      return header;
    },
  }) as T[];
}
