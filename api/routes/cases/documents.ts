/** GET /api/cases/:number/documents */
import { z } from 'zod';
import { note } from '../../../db/journal.ts';
import { seenOfCase } from '../../../db/read/cases.ts';
import { filingsOf, formsByHash } from '../../../db/read/filings.ts';
import { formChanges } from '../../../domain/form-changes.ts';
import { fromCursor, page } from '../../http/cursor.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { caseFor, mayReadPaper } from '../../http/find.ts';
import { pinnedPack } from '../../http/pack.ts';
import { me } from '../../plugins/auth.ts';
import { actor, caseNumber, instant, next, paging, secrecy, stepId } from '../../schemas/common.ts';
import { named } from '../../schemas/registry.ts';
import { secrecyOfCase } from '../../view/secrecy.ts';
import { filedView, versionsOf } from '../../view/filing.ts';
import type { Routes } from '../routes.ts';

const described: Described = {
  id: 'listDocuments',
  tag: 'cases',
  summary: 'Forms filed in a case, in their versions, each with what it says otherwise than the one before',
  problems: ['not-found', 'bad-cursor'],
  description: 'A step answered again (a corrected sheet, another round) files a new version of its form; the earlier ones stay.',
};
const filed = z.object({
  seq: z.number().int().describe('The event that filed it'),
  step: z.string(),
  form: z.string(),
  version: z.number().int().describe('Among those of the same step, from 1'),
  hash: z.string(),
  occurredAt: instant,
  recordedAt: instant,
  by: actor.nullable(),
  secrecy,
  changes: z
    .array(z.object({ field: z.string(), before: z.unknown(), after: z.unknown() }))
    .nullable()
    .describe('Null: it is the first'),
});
named.add(filed, { id: 'FiledForm' });
const query = z.strictObject({ ...paging, form: stepId.optional().describe('A form or a step') });
const after = z.strictObject({ seq: z.number().int() });

export const documentsRoute: Routes = async (app, { db, rules, clock }) => {
  app.get(
    '/api/cases/:number/documents',
    {
      schema: {
        ...about(described),
        params: z.object({ number: caseNumber }),
        querystring: query,
        response: { 200: z.object({ items: z.array(filed), next }), ...problemsOf(described) },
      },
    },
    async (request) => {
      const { number } = request.params;
      const { limit, cursor, form } = request.query;
      const found = await caseFor(db, request, number);
      const { state } = found;
      const readable = (hash: string | undefined): boolean => hash === undefined || mayReadPaper(request, found, found.documents[hash]);
      const from = fromCursor(after, cursor)?.seq ?? 0;
      const versions = versionsOf(await filingsOf(db, number), state, await pinnedPack(rules, state.pack.hash))
        .filter((one) => form === undefined || one.form === form || one.step === form)
        .filter(({ seq, hash }) => seq > from && readable(hash));
      const { items, next: cursorOfNext } = page(versions.slice(0, limit + 1), limit, ({ seq }) => ({ seq }));
      const changed = items.filter(({ before }) => before !== undefined && readable(before));
      const forms = await formsByHash(
        db,
        changed.flatMap(({ hash, before = '' }) => [hash, before]),
      );
      if (changed.length > 0) {
        const what = { case: number, documents: changed.map(({ hash }) => hash).join(' ') };
        await note(db, { kind: 'read', at: clock(), person: me(request).person, what });
      }
      return {
        items: items.map((one) => ({
          ...filedView(one),
          secrecy: secrecyOfCase(seenOfCase(found), me(request), found.documents[one.hash]),
          changes:
            one.before === undefined || !readable(one.before) ? null : formChanges(forms.get(one.before) ?? {}, forms.get(one.hash) ?? {}),
        })),
        next: cursorOfNext,
      };
    },
  );
};
