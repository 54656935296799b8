/** Rows as a file: page by page, out as a stream. One place for all of them. */
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { dispositionOf } from '../../domain/file-name.ts';
import { dateOf, dayOf, type Instant } from '../../domain/time.ts';
import type { Said } from '../../sheets/table.ts';
import type { Column, Lang, Value, Values } from '../../sheets/write/column.ts';
import { writeCsv } from '../../sheets/write/csv.ts';
import { langOf } from '../problems/problem.ts';
import { problemsOf, type Described } from './describe.ts';

export const FORMATS = ['csv', 'xlsx'] as const;
export type Format = (typeof FORMATS)[number];

export const tableQuery = {
  format: z.enum(FORMATS).default('csv'),
  lang: z.enum(['zh', 'en']).optional().describe('Of headings and words. Default: by Accept-Language'),
};

/** Rows that are read at once. */
export const PAGE = 500;
const TYPES: Readonly<Record<Format, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};
/** Most characters that the name of a sheet has. */
const SHEET_NAME = 31;

/** Goes into a route's options: a long list takes longer than an answer usually may. */
export const exporting = { handlerTimeout: 120_000 };

export const described = (of: Pick<Described, 'id' | 'tag' | 'summary' | 'problems'>): Described => ({
  ...of,
  description:
    'The same rows as the list, all pages, as a file: CSV in UTF-8 with its mark, or XLSX. Amounts are yuan, times Beijing. What changes meanwhile may be in it or not.',
});

/** Responses of such a route. Typed as nothing: it answers with a stream. */
export const tableResponses = (of: Described): object => ({
  200: {
    description: 'The file, as an attachment',
    content: Object.fromEntries(Object.values(TYPES).map((type) => [type.replace(/;.*/, ''), { schema: z.string() }])),
  },
  ...problemsOf(of),
});

/** A column and what stands in it; `S` is what says words in the language of the file. */
export type CellOf<R, S> = Column & { readonly of: (row: R, say: S) => Value | Promise<Value> };

export interface Sheet<R, S, A> {
  readonly format: Format;
  /** Absent: by Accept-Language. */
  readonly lang?: Lang | undefined;
  /** What the file is called, without day and ending: `案件清单`. */
  readonly name: Said;
  readonly columns: readonly CellOf<R, S>[];
  /** Sees what the reader may see, as the list does; `after` is where the next page begins, null = this is the last. */
  readonly pages: (after: A | undefined) => Promise<{ readonly items: readonly R[]; readonly after: A | null }>;
  readonly say: (lang: Lang) => S;
}

/** Answers with all rows. The first page is read before anything is sent, so that a fault is still a problem document. */
export async function sendTable<R, S, A>(
  request: FastifyRequest,
  reply: FastifyReply,
  at: Instant,
  { name, columns, pages, say, format, lang = langOf(request.headers['accept-language']) }: Sheet<R, S, A>,
): Promise<FastifyReply> {
  const rows = valuesOf(columns, everyRow(await pages(undefined), pages), say(lang));
  void reply.type(TYPES[format]).headers({
    'Content-Disposition': dispositionOf(`${name[lang]}-${dateOf(dayOf(at))}.${format}`),
    'Content-Language': lang,
    Vary: 'Accept-Language',
    'Cache-Control': 'no-store',
  });
  if (format === 'csv') return reply.send(Readable.from(writeCsv(columns, rows, lang)));
  const { writeXlsx } = await import('../../sheets/write/xlsx.ts');
  return reply.send(writeXlsx(name[lang].slice(0, SHEET_NAME), columns, rows, lang));
}

async function* everyRow<R, A>(first: Awaited<ReturnType<Sheet<R, unknown, A>['pages']>>, pages: Sheet<R, unknown, A>['pages']) {
  for (let page = first; ; page = await pages(page.after)) {
    yield* page.items;
    if (page.after === null) return;
  }
}

async function* valuesOf<R, S>(columns: readonly CellOf<R, S>[], rows: AsyncIterable<R>, say: S): AsyncGenerator<Values> {
  for await (const row of rows) yield await Promise.all(columns.map(async ({ of }) => of(row, say)));
}
