/** What is wrong in a pack or calendar file, where, and what would be right. */

export interface Problem {
  /** Keys down to the place: `['limits', 'survey', 'n']`. */
  readonly path: readonly (string | number)[];
  readonly wrong: string;
  readonly right: string;
}

export interface PlacedProblem {
  readonly file: string;
  readonly line?: number;
  /** `limits.survey.n`; empty for the file as a whole. */
  readonly path: string;
  readonly wrong: string;
  readonly right: string;
}

/** A file that cannot be used. Its message names every problem, one a line. */
export class PackError extends Error {
  override readonly name = 'PackError';
  readonly problems: readonly PlacedProblem[];
  constructor(problems: readonly PlacedProblem[]) {
    super(problems.map(sayProblem).join('\n'));
    this.problems = problems;
  }
}

/** `packs/x/pack.yaml:12 limits.survey.n: is 0; right would be a whole number from 1 to 1000` */
export function sayProblem({ file, line, path, wrong, right }: PlacedProblem): string {
  return `${file}${line === undefined ? '' : `:${line}`}${path === '' ? '' : ` ${path}`}: ${wrong}; right would be ${right}`;
}

/** `tiers.estimate.rows[1].upTo` */
export function sayPath(path: readonly (string | number)[]): string {
  return path.map((key, i) => (typeof key === 'number' ? `[${key}]` : i === 0 ? key : `.${key}`)).join('');
}
