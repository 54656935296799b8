/** GET /api/cases/:number/prints and one of them */
import { z } from 'zod';
import { note } from '../../../db/journal.ts';
import { issuedOf, issuedPrint } from '../../../db/read/prints.ts';
import { bare, casePrints, printCase } from '../../../print/print-case.ts';
import { about, bytes, problemsOf, type Described } from '../../http/describe.ts';
import { labelOfPaper } from '../../../db/labels.ts';
import { labelIn } from '../../../domain/secrecy.ts';
import { caseFor, mayReadPaper } from '../../http/find.ts';
import { sendPdf } from '../../http/pdf.ts';
import { me, SECRECY } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { caseNumber, instant } from '../../schemas/common.ts';
import { named } from '../../schemas/registry.ts';
import { iso } from '../../view/instants.ts';
import type { Routes } from '../routes.ts';

const listed: Described = {
  id: 'listCasePrints',
  tag: 'prints',
  summary: 'What can be printed of a case now, and what has been issued',
  description: 'A paper of the procedure can be printed once what it bears has been filed. What was issued never changes.',
  problems: ['not-found'],
};
const one: Described = {
  id: 'getCasePrint',
  tag: 'prints',
  summary: 'A paper of a case, as PDF',
  description:
    'As the record stands, or with `issued` as it was issued. Characters that the face lacks stand as boxes and are named in `X-Missing-Glyphs` and on the paper.',
  problems: ['not-found'],
};
const print = z.object({ print: z.string(), title: z.string().describe('As the procedure names it'), en: z.string(), clause: z.string() });
named.add(print, { id: 'CasePrint' });
const issued = z.object({
  print: z.string(),
  issued: z.number().int().describe('Which of its kind, from 1'),
  seq: z.number().int().describe('It rests on the record up to this event'),
  hash: z.string().describe('SHA-256 of the file'),
  issuedAt: instant,
});
named.add(issued, { id: 'IssuedPrint' });
const printId = z.string().regex(/^[a-z][a-z-]{0,40}$/, 'a name such as work-order');
const query = z.strictObject({ issued: z.coerce.number().int().min(1).max(1000).optional().describe('Which of the issued ones') });

export const casePrintRoutes: Routes = async (app, { db, clock, config }) => {
  app.get(
    '/api/cases/:number/prints',
    {
      schema: {
        ...about(listed),
        params: z.object({ number: caseNumber }),
        response: { 200: z.object({ items: z.array(print), issued: z.array(issued) }), ...problemsOf(listed) },
      },
    },
    async (request) => {
      const { number } = request.params;
      const found = await caseFor(db, request, number);
      if (!mayReadPaper(request, found, await labelOfPaper(db, number, SECRECY))) return { items: [], issued: [] };
      const prints = (await casePrints(db, number)) ?? [];
      return {
        items: prints.map(({ id, title, en, clause }) => ({ print: id, title, en, clause })),
        issued: (await issuedOf(db, number)).map(({ print: of, ordinal, seq, hash, issued_at }) => ({
          print: of,
          issued: ordinal,
          seq,
          hash,
          issuedAt: iso(issued_at.getTime()),
        })),
      };
    },
  );
  app.get(
    '/api/cases/:number/prints/:print',
    {
      schema: {
        ...about(one),
        params: z.object({ number: caseNumber, print: printId }),
        querystring: query,
        produces: ['application/pdf'],
        response: { ...bytes('application/pdf', 'The paper'), ...problemsOf(one) },
      },
    },
    async (request, reply) => {
      const { number, print: id } = request.params;
      const { issued: ordinal } = request.query;
      const theCase = await caseFor(db, request, number);
      const label = await labelOfPaper(db, number, SECRECY);
      if (!mayReadPaper(request, theCase, label)) throw new Problem('not-found');
      const kept = ordinal === undefined ? undefined : await issuedPrint(db, number, id, ordinal);
      const found =
        ordinal === undefined
          ? await printCase(db, number, id, { company: config.company, label: label && labelIn(SECRECY, label).zh })
          : kept && { ...kept, title: id };
      if (found === undefined) throw new Problem('not-found');
      await note(db, { kind: 'read', at: clock(), person: me(request).person, what: { case: number, print: id, hash: found.hash } });
      return sendPdf(reply, found, `${number} ${bare(found.title)}${ordinal === undefined ? '' : ` ${ordinal}`}`);
    },
  );
};
