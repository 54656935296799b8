/** A problem on its way to the client, and the document it becomes (RFC 9457). */
import type { FormProblem } from '../../domain/form.ts';
import { wordingOf, type ProblemCode } from './catalogue.ts';

export type Lang = 'zh' | 'en';

/** One field that is not right. `path` is the field, with the index inside a list; empty = the whole. */
export interface FieldProblem {
  readonly path: string;
  readonly zh: string;
  readonly en: string;
}

export interface ProblemMore {
  readonly zh?: string;
  readonly en?: string;
  readonly errors?: readonly FieldProblem[];
  readonly headers?: Readonly<Record<string, string>>;
  /** A refusal that the record has noted itself. */
  readonly recorded?: true;
}

/** Thrown anywhere below a route; the one handler turns it into a document. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly more: ProblemMore;
  constructor(code: ProblemCode, more: ProblemMore = {}) {
    super(more.en ?? wordingOf(code).en);
    this.name = 'Problem';
    this.code = code;
    this.more = more;
  }
}

export interface ProblemDocument {
  readonly type: string;
  readonly code: string;
  readonly title: string;
  readonly titleEn: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance: string;
  readonly traceId: string;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

/** `title`, `detail` and messages in the language asked for; `titleEn` always English. */
export function documentOf(problem: Problem, where: { lang: Lang; instance: string; traceId: string }): ProblemDocument {
  const { status, zh, en } = wordingOf(problem.code);
  const detail = where.lang === 'zh' ? problem.more.zh : problem.more.en;
  return {
    type: `/problems/${problem.code}`,
    code: problem.code,
    title: where.lang === 'zh' ? zh : en,
    titleEn: en,
    status,
    ...(detail === undefined ? {} : { detail }),
    instance: where.instance,
    traceId: where.traceId,
    ...(problem.more.errors === undefined ? {} : { errors: problem.more.errors.map((e) => ({ path: e.path, message: e[where.lang] })) }),
  };
}

/** A form's problems as one problem: a single one keeps its own code. */
export function formProblem(problems: readonly FormProblem[]): Problem {
  const [first] = problems;
  const code = problems.length === 1 && first !== undefined ? first.code : 'bad-facts';
  return new Problem(code, { errors: problems.map(({ path, zh, en }) => ({ path, zh, en })) });
}

/** Chinese unless the client prefers English. */
export function langOf(acceptLanguage: string | undefined): Lang {
  const wanted = (acceptLanguage ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const q = Number(/q=([\d.]+)/.exec(parameters.join(';'))?.[1] ?? 1);
    return { tag, q };
  });
  const best = (prefix: string): number =>
    Math.max(-1, ...wanted.filter((w) => w.tag === prefix || w.tag.startsWith(`${prefix}-`)).map((w) => w.q));
  return best('en') > best('zh') && best('en') > 0 ? 'en' : 'zh';
}
