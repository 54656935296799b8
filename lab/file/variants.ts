/** From a file to the stories in it: the base, and each variant with what is different about it. */
import type { Problem } from '../../packs/problem.ts';
import { parseBeijing, type Instant } from '../../domain/time.ts';
import { valuesSuffice } from './values.ts';
import type { RawOpening, RawScenario, RawStep, RawVariant } from './schema.ts';

type Path = readonly (string | number)[];

/** An opening or a step, with the keys that lead to it in the file. */
export interface Item {
  readonly path: Path;
  readonly case: string | undefined;
  readonly at: string;
  readonly opening?: RawOpening;
  readonly step?: RawStep;
  /** At the end of the outage that the step tells of: when it began. */
  readonly since?: string;
  /** Which `atOnce` it belongs to. */
  readonly together?: string;
}

export interface Draft {
  readonly variant?: string;
  readonly path: Path;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly values: Readonly<Record<string, unknown>>;
  readonly given: NonNullable<RawScenario['given']>;
  readonly cases: readonly string[];
  /** In the order of the file. */
  readonly items: readonly Item[];
}

/** The name of the one case of a file that names none. */
export const ONLY = 'case';

/**
 * With variants, the base is a story by itself when it expects something and has a value for each `$name`; else it is only
 * what they share.
 */
export function draftsOf(raw: RawScenario): { drafts: Draft[]; problems: Problem[] } {
  const base: Draft = {
    path: [],
    settings: raw.settings ?? {},
    values: raw.values ?? {},
    given: raw.given ?? {},
    cases: raw.cases === undefined ? [ONLY] : Object.keys(raw.cases),
    items: itemsOf(raw),
  };
  const variants = (raw.variants ?? []).map((variant, i) => vary(base, variant, ['variants', i]));
  const problems = variants.flatMap((v) => v.problems);
  const alone = variants.length === 0 || (base.items.some(expectsAnything) && valuesSuffice(base.items, base.values));
  return { drafts: [...(alone ? [base] : []), ...variants.map((v) => v.draft)], problems };
}

export const expectsAnything = ({ opening, step }: Item): boolean =>
  [opening ?? step, ...(step?.atOnce ?? [])].some((said) => said?.expect !== undefined || said?.refused !== undefined);

function itemsOf(raw: RawScenario): Item[] {
  if (raw.open !== undefined) {
    const { at } = raw.open;
    return [{ path: ['open'], case: ONLY, at, opening: raw.open }, ...inOrder(raw.steps ?? [], ['steps'], at, ONLY)];
  }
  const cases = Object.entries(raw.cases ?? {}).flatMap(([name, { open, steps = [] }]): Item[] => [
    { path: ['cases', name, 'open'], case: name, at: open.at, opening: open },
    ...inOrder(steps, ['cases', name, 'steps'], open.at, name),
  ]);
  return [...cases, ...inOrder(raw.steps ?? [], ['steps'], cases[0]?.at ?? '', undefined)];
}

/** A step without a time of its own stands at the time of the step before it. */
function inOrder(steps: readonly RawStep[], path: Path, from: string, name: string | undefined): Item[] {
  let at = from;
  return steps.flatMap((step, i): Item[] => {
    at = step.at ?? at;
    const here = { path: [...path, i], case: step.case ?? name };
    if (step.outage === undefined) return [{ ...here, at, step }];
    const { from, to } = step.outage;
    at = to;
    return [
      { ...here, at: from, step },
      { ...here, at: to, step, since: from },
    ];
  });
}

function vary(base: Draft, variant: RawVariant, path: Path): { draft: Draft; problems: Problem[] } {
  const { title, open, until, without = [], steps = [] } = variant;
  const ids = base.items.flatMap(({ step }) => step?.id ?? []);
  const unknown = without.flatMap((id, i): Problem[] =>
    ids.includes(id)
      ? []
      : [
          {
            path: [...path, 'without', i],
            wrong: `no step of the base has the id ${id}`,
            right: `one of: ${ids.join(', ') || '(none has one)'}`,
          },
        ],
  );
  const several: Problem[] =
    open !== undefined && base.cases.length > 1
      ? [{ path: [...path, 'open'], wrong: 'is not clear: there are several cases', right: 'a file with one case' }]
      : [];
  const kept = base.items.filter(
    ({ at, since = at, opening, step }) =>
      opening !== undefined || ((until === undefined || instant(since) <= instant(until)) && !without.includes(step?.id ?? '')),
  );
  const items = kept.map((item) => (item.opening !== undefined && open !== undefined ? reopened(item, item.opening, open) : item));
  const only = base.cases.length === 1 ? base.cases[0] : undefined;
  const last = items.reduce((latest, { at }) => (latest === '' || instant(at) > instant(latest) ? at : latest), '');
  const draft: Draft = {
    variant: title,
    path,
    settings: { ...base.settings, ...variant.settings },
    values: { ...base.values, ...variant.values },
    given: { ...base.given, ...variant.given },
    cases: base.cases,
    items: [...items, ...inOrder(steps, [...path, 'steps'], until ?? last, only)],
  };
  return { draft, problems: [...unknown, ...several] };
}

function reopened(item: Item, opening: RawOpening, open: NonNullable<RawVariant['open']>): Item {
  const form = { ...opening.form, ...open.form };
  return { ...item, at: open.at ?? item.at, opening: { ...opening, ...open, form } as RawOpening };
}

const instant = (text: string): Instant => parseBeijing(text);
