/** GET /api/cases/:number/documents */
import { z } from 'zod';
import { json, text, time, whole, words } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { cut } from '../../http/cursor.ts';
import { note } from '../../../db/journal.ts';
import { seenOfCase } from '../../../db/read/cases.ts';
import { filingsOf, formsByHash } from '../../../db/read/filings.ts';
import { formChanges } from '../../../domain/form-changes.ts';
import type { Described } from '../../http/describe.ts';
import { caseFor, mayReadPaper } from '../../http/find.ts';
import { pinnedPack } from '../../http/pack.ts';
import { me } from '../../plugins/auth.ts';
import { actor, caseNumber, instant, secrecy, stepId } from '../../schemas/common.ts';
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
const after = z.strictObject({ seq: z.number().int() });

export const documentsRoute: Routes = async (app, deps) => {
  const { db, rules, clock } = deps;
  addList(app, deps, {
    url: '/api/cases/:number/documents',
    said: described,
    file: { zh: '表单', en: 'documents' },
    params: { number: caseNumber },
    filter: { form: stepId.optional().describe('A form or a step') },
    cursor: after,
    item: filed,
    columns: {
      seq: whole('序号', 'event'),
      step: text('环节', 'step'),
      form: text('表单', 'form'),
      version: whole('版次', 'version'),
      hash: text('散列值', 'hash'),
      occurredAt: time('发生时间', 'happened'),
      recordedAt: time('记录时间', 'recorded'),
      by: [
        { zh: '人员', en: 'person', type: 'text', of: (by) => by?.name ?? by?.person },
        { zh: '岗位', en: 'role', type: 'text', of: (by) => by?.role },
      ],
      secrecy: words('密级', 'secrecy'),
      changes: json('改动', 'changes'),
    },
    page: async ({ request, params: { number }, query: { form }, limit, after: last, as }) => {
      const found = await caseFor(db, request, number);
      const { state } = found;
      const readable = (hash: string | undefined): boolean => hash === undefined || mayReadPaper(request, found, found.documents[hash]);
      const versions = versionsOf(await filingsOf(db, number), state, await pinnedPack(rules, state.pack.hash))
        .filter((one) => form === undefined || one.form === form || one.step === form)
        .filter(({ seq, hash }) => seq > (last?.seq ?? 0) && readable(hash));
      const { items, after: following } = cut(versions, limit, ({ seq }) => ({ seq }));
      const changed = items.filter(({ before }) => before !== undefined && readable(before));
      const forms = await formsByHash(
        db,
        changed.flatMap(({ hash, before = '' }) => [hash, before]),
      );
      if (changed.length > 0) {
        const what = { case: number, documents: changed.map(({ hash }) => hash).join(' '), ...as };
        await note(db, { kind: 'read', at: clock(), person: me(request).person, what });
      }
      const changesOf = ({ hash, before }: (typeof items)[number]) =>
        before === undefined || !readable(before) ? null : formChanges(forms.get(before) ?? {}, forms.get(hash) ?? {});
      const secrecyOf = (hash: string) => secrecyOfCase(seenOfCase(found), me(request), found.documents[hash]);
      return {
        items: items.map((one) => ({ ...filedView(one), secrecy: secrecyOf(one.hash), changes: changesOf(one) })),
        after: following,
      };
    },
  });
};
