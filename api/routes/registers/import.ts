/** POST /api/registers/:register/imports */
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { dispositionOf } from '../../../domain/file-name.ts';
import { importTable } from '../../../exchange/import.ts';
import { reportCsv } from '../../../exchange/report.ts';
import { readTable } from '../../../sheets/read/read.ts';
import { TableProblem, type Limits } from '../../../sheets/table.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { keyOf } from '../../http/idempotency.ts';
import { writable } from '../../http/registers.ts';
import { me } from '../../plugins/auth.ts';
import { langOf, Problem } from '../../problems/problem.ts';
import { flag } from '../../schemas/common.ts';
import { importResult, registerId } from '../../schemas/registers.ts';
import { idempotent } from '../../schemas/requests.ts';
import type { Routes } from '../routes.ts';

const LIMITS: Limits = { bytes: 20 * 1024 * 1024, rows: 20_000, columns: 200 };
const TYPES = ['text/csv', 'text/plain', 'application/octet-stream', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'];
/** Bad rows that the answer names; the report has them all. */
const NAMED = 500;

const described: Described = {
  id: 'importRegister',
  tag: 'registers',
  summary: 'Enter the rows of a CSV or XLSX file',
  description:
    'The body is the file. Good rows are taken, each bad one is named by row and column; so is one that would touch an entry the caller does not see, or be one. The same file again changes nothing and goes on where it was broken off. `dryRun=true` looks only. `answer=csv` answers with the rows that were not taken and what is wrong with each. Of a spreadsheet with several sheets `sheet` names one. Limits: 20 MB, 20,000 rows, 200 columns.',
  problems: ['key-missing', 'not-allowed', 'not-found', 'bad-table', 'body-too-large', 'unsupported-media-type'],
};
const query = z.strictObject({
  dryRun: flag.optional(),
  sheet: z.string().min(1).max(31).optional().describe('Name of the sheet, where a spreadsheet has several'),
  answer: z.enum(['json', 'csv']).default('json'),
});

/** In a context of its own: nowhere else is such a body read. */
export const importRegisterRoute: Routes = async (app, { db, registers, clock }) => {
  app.addContentTypeParser(TYPES, { parseAs: 'buffer', bodyLimit: LIMITS.bytes }, (_request, body, parsed) => parsed(null, body));
  app.post(
    '/api/registers/:register/imports',
    {
      // Twenty thousand new rows take minutes.
      handlerTimeout: 600_000,
      bodyLimit: LIMITS.bytes,
      schema: {
        ...about(described),
        consumes: TYPES,
        headers: idempotent,
        params: z.object({ register: registerId }),
        querystring: query,
        response: { 200: importResult, ...problemsOf(described) },
      },
    },
    async (request, reply) => {
      keyOf(request); // the same table again changes nothing
      const def = writable(registers, request, request.params.register);
      const { body } = request;
      if (!Buffer.isBuffer(body)) throw new Problem('unsupported-media-type', remedy);
      const { dryRun = false, sheet, answer } = request.query;
      const fileHash = createHash('sha256').update(body).digest('hex');
      try {
        const table = await readTable(body, { limits: LIMITS, sheet });
        const naming = { scope: me(request), defs: registers };
        const result = await importTable(db, { def, table, fileHash, person: me(request).person, naming, at: clock(), dryRun });
        if (answer === 'json')
          return { ...result, unknownColumns: [...result.unknownColumns], faults: result.faults.slice(0, NAMED).map(view) };
        const lang = langOf(request.headers['accept-language']);
        const file: FastifyReply = reply
          .type('text/csv; charset=utf-8')
          .header('Content-Disposition', dispositionOf(`${def.zh}-错误行.csv`));
        return await file.send(Readable.from(reportCsv(table, result.faults, lang)));
      } catch (error) {
        if (!(error instanceof TableProblem)) throw error;
        const { what, remedy: right } = error;
        throw new Problem('bad-table', { zh: `文件${what.zh};${right.zh}。`, en: `The file ${what.en}; ${right.en}.` });
      }
    },
  );
};

const remedy = { zh: '正文须为 CSV 或 XLSX 文件。', en: 'The body is a CSV or XLSX file.' };

const view = ({ line, faults }: Awaited<ReturnType<typeof importTable>>['faults'][number]) => ({
  line,
  faults: faults.map(({ column, what, remedy: right }) => ({ column: column ?? null, what: { ...what }, remedy: { ...right } })),
});
