/** GET /api/cases/:number/customer-words */
import { z } from 'zod';
import { choice, json, text, time, whole } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { cut } from '../../http/cursor.ts';
import { wordsOfCase, type WordRow } from '../../../db/customer-words.ts';
import { note } from '../../../db/journal.ts';
import type { Described } from '../../http/describe.ts';
import { caseFor } from '../../http/find.ts';
import { me } from '../../plugins/auth.ts';
import { caseNumber } from '../../schemas/common.ts';
import { customerWord } from '../../schemas/customer.ts';
import { CUSTOMER_WORDS } from '../../view/codes.ts';
import { iso } from '../../view/instants.ts';
import type { Routes } from '../routes.ts';

const described: Described = {
  id: 'listCustomerWords',
  tag: 'customer',
  summary: 'What the customer has said by their link and no step of the case has taken',
  problems: ['not-found', 'bad-cursor'],
};
const after = z.strictObject({ id: z.string().regex(/^\d{1,15}$/) });

export const customerWordsRoute: Routes = async (app, deps) => {
  const { db, clock } = deps;
  addList(app, deps, {
    url: '/api/cases/:number/customer-words',
    said: described,
    file: { zh: '客户留言', en: 'customer words' },
    params: { number: caseNumber },
    cursor: after,
    item: customerWord,
    columns: {
      id: text('编号', 'id'),
      kind: choice('类别', 'kind', CUSTOMER_WORDS),
      round: whole('轮次', 'round'),
      body: json('内容', 'content'),
      at: time('时间', 'time'),
    },
    page: async ({ request, params: { number }, limit, after: last, as }) => {
      await caseFor(db, request, number);
      const view = ({ at, body, ...word }: WordRow) => ({ ...word, body: { ...body }, at: iso(at.getTime()) });
      const page = cut(await wordsOfCase(db, number, { limit, after: last?.id }), limit, ({ id }) => ({ id }), view);
      if (page.items.length > 0) {
        const what = { case: number, customerWords: page.items.length, ...as };
        await note(db, { kind: 'read', at: clock(), person: me(request).person, what });
      }
      return page;
    },
  });
};
