/** Everything that can be read by GET, from the document of the API: each path with all that its placeholders may stand for. */
import { readFileSync } from 'node:fs';
import type { Caller } from '../../../api/support/api.ts';
import { piecesOf } from '../../../support/pdf-text.ts';
import type { Place } from '../canary/search.ts';

/** What there is: values of whole beginnings of paths (`/api/cases/{number}`) and of placeholders. */
export interface There {
  readonly paths: Readonly<Record<string, readonly string[]>>;
  readonly words: Readonly<Record<string, readonly string[]>>;
  /** Of query parameters that must be named. */
  readonly query: Readonly<Record<string, string>>;
  /** Words that are sought where one can search. */
  readonly sought: readonly string[];
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
}

/** They answer without an end. */
const ENDLESS = new Set(['/api/live']);

export function doorsTo({ paths, words, query, sought }: There): { readonly of: string; readonly url: string }[] {
  const document = JSON.parse(readFileSync(new URL('../../../../docs/openapi.json', import.meta.url), 'utf8')) as {
    paths: Record<string, { get?: { parameters?: Parameter[] } }>;
  };
  return Object.entries(document.paths).flatMap(([of, { get }]) => {
    if (get === undefined || ENDLESS.has(of)) return [];
    const begun = Object.entries(paths).find(([beginning]) => of === beginning || of.startsWith(`${beginning}/`));
    const starts = begun === undefined ? [of] : begun[1].map((start) => of.replace(begun[0], () => start));
    const urls = starts.flatMap((start) => filled(start, words));
    const named = (get.parameters ?? []).filter((one) => one.in === 'query');
    const must = named.filter(({ required }) => required === true).map(({ name }) => `${name}=${encodeURIComponent(query[name] ?? 'x')}`);
    const more = [
      ...(named.some(({ name }) => name === 'limit') ? ['limit=100'] : []),
      ...(named.some(({ name }) => name === 'issued') ? ['', 'issued=1'] : ['']),
    ];
    const searches = named.some(({ name }) => name === 'q') ? sought.map((word) => `q=${encodeURIComponent(word)}`) : [];
    const asked = [...new Set([...more, ...searches])].map((one) => [...must, one].filter((part) => part !== '').join('&'));
    return urls.flatMap((url) => asked.map((one) => ({ of, url: one === '' ? url : `${url}?${one}` })));
  });
}

function filled(path: string, words: There['words']): string[] {
  const [placeholder, name = ''] = /\{(\w+)\}/.exec(path) ?? [];
  if (placeholder === undefined) return [path];
  return (words[name] ?? ['x']).flatMap((word) =>
    filled(
      path.replace(placeholder, () => word),
      words,
    ),
  );
}

export interface Opened extends Place {
  readonly of: string;
  readonly status: number;
}

/** What each answers, as a reader sees it: of a paper its text. */
export async function openAll(caller: Caller, doors: ReturnType<typeof doorsTo>): Promise<Opened[]> {
  const opened: Opened[] = [];
  for (const { of, url } of doors) {
    const { status, raw, headers } = await caller.get(url);
    const isPdf = status === 200 && of.endsWith('/prints/{print}') && headers['content-type'] === 'application/pdf';
    const bytes = isPdf
      ? Buffer.concat([raw, Buffer.from((await piecesOf(raw)).flat().map(({ text }) => text).join(''))]) // prettier-ignore
      : raw;
    opened.push({ of, status, place: `GET ${url}`, bytes });
  }
  return opened;
}
