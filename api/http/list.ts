/** A list: one declaration, of which its JSON pages, the file with all of them, and what OpenAPI says of both follow. */
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { note } from '../../db/journal.ts';
import type { Said } from '../../sheets/table.ts';
import type { Column, Value } from '../../sheets/write/column.ts';
import { me } from '../plugins/auth.ts';
import type { RouteDeps, Routes } from '../routes/routes.ts';
import { next, paging } from '../schemas/common.ts';
import { fromCursor, toCursor } from './cursor.ts';
import { about, problemsOf, type Described } from './describe.ts';
import { sayIn, type Say } from './say-in.ts';
import { described, exporting, PAGE, sendTable, tableQuery, tableResponses, type CellOf, type Format } from './table.ts';

/** A column of a list: what it makes of a member of the item, or of the item as a whole. */
export interface Cell<V, I> extends Column {
  readonly of: (value: V, item: I, say: Say) => Value | Promise<Value>;
}

/** Each member of the item, in the order of the columns: none can be forgotten. `[]` says that it stands in no column. */
export type Columns<I> = { readonly [K in keyof I]-?: Cell<I[K], I> | readonly Cell<I[K], I>[] };

type Shape = Readonly<Record<string, z.ZodType>>;
type Out<S extends Shape> = z.output<z.ZodObject<S>>;

/** What is asked for. */
interface Of<P, Q> {
  readonly request: FastifyRequest;
  readonly params: P;
  readonly query: Q;
}

export interface Asked<P, Q, A> extends Of<P, Q> {
  readonly limit: number;
  /** Where the page before ended. */
  readonly after: A | undefined;
  /** For the journal of reads: into which file it goes. */
  readonly as: { readonly export?: Format };
}

export interface Page<I, A, M = unknown> {
  readonly items: readonly I[];
  /** Where the next page begins; null = this is the last. */
  readonly after: A | null;
  /** What the answer says beside the items. */
  readonly more?: M;
}

interface Rows<P extends Shape, Q extends Shape, A, I> {
  readonly url: string;
  readonly said: Described;
  /** What the file is called. */
  readonly file: Said | ((asked: Of<Out<P>, Out<Q>>) => Said);
  readonly params?: P | undefined;
  /** What the list is narrowed by; it narrows the file as well. */
  readonly filter?: Q | undefined;
  readonly columns: Columns<I> | ((asked: Of<Out<P>, Out<Q>>) => readonly CellOf<I, Say>[]);
  /** Rows as the reader may see them; of a list without pages all of them. */
  readonly page: (asked: Asked<Out<P>, Out<Q>, A>) => Promise<Page<I, A>>;
  /** What is noted in the journal of reads of a file as a whole. Absent: `page` notes what it reads, or nothing in it is personal. */
  readonly reads?: ((asked: Of<Out<P>, Out<Q>>) => Readonly<Record<string, string>> | undefined) | undefined;
}

export interface List<P extends Shape, Q extends Shape, O extends Shape, A, I, M extends Shape> extends Omit<Rows<P, Q, A, I>, 'page'> {
  /** What the JSON is asked for besides, and a file is not. */
  readonly only?: O;
  /** Of a list with pages: where one ends. */
  readonly cursor?: z.ZodType<A>;
  readonly item: z.ZodType<I>;
  /** Under which name the items stand. */
  readonly under?: string;
  readonly more?: M;
  readonly page: (asked: Asked<Out<P>, Out<Q> & Partial<Out<O>>, A>) => Promise<Page<I, A, Out<M>>>;
}

/** Two routes: `GET <url>` and `GET <url>/export`. */
export function addList<
  I,
  A = never,
  P extends Shape = Record<never, never>,
  Q extends Shape = Record<never, never>,
  O extends Shape = Record<never, never>,
  M extends Shape = Record<never, never>,
>(app: Parameters<Routes>[0], deps: Pick<RouteDeps, 'db' | 'rules' | 'clock'>, list: List<P, Q, O, A, I, M>): void {
  const { url, said, item, cursor, under = 'items' } = list;
  const answer = z.object({ ...list.more, [under]: z.array(item), ...(cursor && { next }) });
  const querystring = z.strictObject({ ...(cursor && paging), ...list.filter, ...list.only });
  const params = list.params && { params: z.object(list.params) };
  app.get(url, { schema: { ...about(said), ...params, querystring, response: { 200: answer, ...problemsOf(said) } } }, async (request) => {
    const { limit = 0, cursor: from, ...query } = request.query as { limit?: number; cursor?: string } & Out<Q> & Out<O>;
    const after = cursor && fromCursor(cursor, from);
    const asked = { request, params: request.params as Out<P>, query: query as unknown as Out<Q> & Out<O> };
    const page = await list.page({ ...asked, limit, after, as: {} });
    return { ...page.more, [under]: page.items, ...(cursor && { next: page.after === null ? null : toCursor(page.after) }) };
  });
  // What only the JSON is asked for is asked of no file.
  const page = list.page as Rows<P, Q, A, I>['page'];
  addFile<I, A, P, Q>(app, deps, { ...list, page, url: `${url}/export`, said: saidOfFile(said) });
}

const saidOfFile = ({ id, tag, summary, problems = [] }: Described): Described => ({
  id: id.replace(/^[a-z]+/, 'export'),
  tag,
  summary: `${summary}; as CSV or XLSX`,
  problems: problems.filter((code) => code !== 'bad-cursor'),
});

/** The file alone, of a list whose JSON is not like others. */
export function addFile<I, A = never, P extends Shape = Record<never, never>, Q extends Shape = Record<never, never>>(
  app: Parameters<Routes>[0],
  { db, rules, clock }: Pick<RouteDeps, 'db' | 'rules' | 'clock'>,
  rows: Rows<P, Q, A, I>,
): void {
  const { url, file, columns, page, reads } = rows;
  const said = described(rows.said);
  const params = rows.params && { params: z.object(rows.params) };
  const querystring = z.strictObject({ ...tableQuery, ...rows.filter });
  app.get(
    url,
    { ...exporting, schema: { ...about(said), ...params, querystring, response: tableResponses(said) } },
    async (request, reply) => {
      const { format, lang, ...query } = request.query as z.output<z.ZodObject<typeof tableQuery>> & Out<Q>;
      const asked = { request, params: request.params as Out<P>, query: query as unknown as Out<Q> };
      const name = typeof file === 'function' ? file(asked) : file;
      // Before the first row leaves: whoever breaks off has read what came.
      const what = reads?.(asked);
      if (what !== undefined) await note(db, { kind: 'read', at: clock(), person: me(request).person, what: { ...what, export: format } });
      return sendTable<I, Say, A>(request, reply, clock(), {
        name,
        format,
        lang,
        columns: typeof columns === 'function' ? columns(asked) : cellsOf(columns),
        pages: (after) => page({ ...asked, limit: PAGE, after, as: { export: format } }),
        say: (chosen) => sayIn(chosen, rules, clock()),
      });
    },
  );
}

/** The columns of a list in their order. */
export function cellsOf<I>(columns: Columns<I>): CellOf<I, Say>[] {
  return (Object.entries(columns) as [keyof I, Cell<unknown, I> | Cell<unknown, I>[]][]).flatMap(([key, cells]) =>
    [cells].flat().map(({ of, ...column }) => ({ ...column, of: (item: I, say: Say) => of(item[key], item, say) })),
  );
}
