/** Lists as tables: the read of the list, page by page, out as a stream. One place for all of them. */
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { dispositionOf } from '../../domain/file-name.ts';
import { dateOf, dayOf, type Instant } from '../../domain/time.ts';
import type { Column, Values } from '../../sheets/write/column.ts';
import { writeCsv } from '../../sheets/write/csv.ts';
import { problemsOf, type Described } from './describe.ts';

export const tableQuery = { format: z.enum(['csv', 'xlsx']).default('csv') };
type Format = z.output<typeof tableQuery.format>;

/** Rows that are read at once. */
export const PAGE = 500;
const TYPES: Readonly<Record<Format, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

/** Goes into a route's options: a long list takes longer than an answer usually may. */
export const exporting = { handlerTimeout: 120_000 };

export const described = (of: Pick<Described, 'id' | 'tag' | 'summary' | 'problems'>): Described => ({
  ...of,
  description:
    'The same rows as the list, all pages, as a file: CSV in UTF-8 with its mark, or XLSX. Times are the wall in Beijing, amounts yuan. What changes meanwhile may be in it or not.',
});

/** Responses of such a route. Typed as nothing: it answers with a stream. */
export const tableResponses = (of: Described): object => ({
  200: {
    description: 'The file, as an attachment',
    content: Object.fromEntries(Object.values(TYPES).map((type) => [type.replace(/;.*/, ''), { schema: z.string() }])),
  },
  ...problemsOf(of),
});

interface Named<R> {
  /** What the file is called, without day and ending: `案件清单`. */
  readonly name: string;
  readonly columns: readonly (Column & { readonly of: (row: R) => Values[number] })[];
}

export interface Sheet<R> extends Named<R> {
  /** Rows after one; fewer than `PAGE` when there are no more. Sees what the reader may see, as the list does. */
  readonly read: (after: R | undefined) => Promise<readonly R[]>;
}

/** A list whose pages may be short and say themselves where the next one begins. */
export interface Paged<R> extends Named<R> {
  readonly pages: (after: string | undefined) => Promise<{ readonly items: readonly R[]; readonly after: string | null }>;
}

/** Answers with the whole list. The first page is read before anything is sent, so that a fault is still a problem document. */
export async function sendTable<R>(reply: FastifyReply, format: Format, at: Instant, sheet: Sheet<R> | Paged<R>): Promise<FastifyReply> {
  const { name, columns } = sheet;
  const entries =
    'read' in sheet ? everyRow(await sheet.read(undefined), sheet.read) : everyPage(await sheet.pages(undefined), sheet.pages);
  const rows = valuesOf(columns, entries);
  void reply
    .type(TYPES[format])
    .headers({ 'Content-Disposition': dispositionOf(`${name}-${dateOf(dayOf(at))}.${format}`), 'Cache-Control': 'no-store' });
  if (format === 'csv') return reply.send(Readable.from(writeCsv(columns, rows)));
  const { writeXlsx } = await import('../../sheets/write/xlsx.ts');
  return reply.send(writeXlsx(name, columns, rows));
}

async function* everyRow<R>(first: readonly R[], read: Sheet<R>['read']): AsyncGenerator<R> {
  let rows = first;
  for (;;) {
    yield* rows;
    if (rows.length < PAGE) return;
    rows = await read(rows.at(-1));
  }
}

async function* everyPage<R>(first: Awaited<ReturnType<Paged<R>['pages']>>, pages: Paged<R>['pages']): AsyncGenerator<R> {
  for (let page = first; ; page = await pages(page.after)) {
    yield* page.items;
    if (page.after === null) return;
  }
}

async function* valuesOf<R>(columns: Named<R>['columns'], rows: AsyncIterable<R>): AsyncGenerator<Values> {
  for await (const row of rows) yield columns.map(({ of }) => of(row));
}

/** For a read that hands over one row more than asked for. */
export const cut = <R>(rows: readonly R[]): readonly R[] => rows.slice(0, PAGE);
