/** GET and POST /api/accounts/:id/entries, GET /api/accounts/:id/statement, GET /api/shortfalls */
import { z } from 'zod';
import { choice, text, time, words, yuan } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { cut } from '../../http/cursor.ts';
import { entriesOf, findLedgerEntry, statementOf, type EntryRow } from '../../../db/read/ledger.ts';
import { shortfallsFrom } from '../../../db/read/shortfalls.ts';
import { entryKinds, kindOf } from '../../../domain/ledger/entry.ts';
import { plainYuan } from '../../../domain/money.ts';
import { accountSights } from '../../../domain/ledger/sight.ts';
import { loadLedger } from '../../../packs/ledger.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { keyOf } from '../../http/idempotency.ts';
import { enterOnAccount } from '../../http/ledger-entry.ts';
import { accountFor, mustEnter } from '../../http/ledger.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { accountId, entry, entryBody, shortfall, statement } from '../../schemas/accounts.ts';
import { flag, instantIn } from '../../schemas/common.ts';
import { idempotent } from '../../schemas/requests.ts';
import { entryView } from '../../view/account.ts';
import { BORNE_BY } from '../../view/codes.ts';
import { iso } from '../../view/instants.ts';
import type { Routes } from '../routes.ts';

const list: Described = {
  id: 'listAccountEntries',
  tag: 'accounts',
  summary: 'Entries of an account, newest first',
  problems: ['bad-cursor', 'not-found'],
};
const enter: Described = {
  id: 'enterOnAccount',
  tag: 'accounts',
  summary: 'Replenish or draw on a working fund, change a retention, supply or spend an outlet’s funds',
  description:
    'Each entry rests on a decision: of a case (an event or an approved proposal of its record) or a decision document. What would take the account below its floor is refused with what is left.',
  problems: [
    'key-missing',
    'bad-json',
    'not-allowed',
    'decider-cannot-enter',
    'not-found',
    'bad-ledger',
    'bad-amount',
    'overdraft',
    'key-reused',
    'body-too-large',
    'unsupported-media-type',
  ],
};
const sums: Described = {
  id: 'getStatement',
  tag: 'accounts',
  summary: 'An account over a period: what it held, what moved by kind, what it holds after',
  problems: ['not-found', 'bad-request'],
};
const short: Described = {
  id: 'listShortfalls',
  tag: 'accounts',
  summary: 'What retentions and funds could not bear and is still open, and who bears it, newest first',
  description:
    'What finance fills up is met by the replenishments that come after it, the oldest first, and by the payment of its case. `all`: what has been met as well.',
  problems: ['bad-cursor', 'not-allowed'],
};
const params = z.object({ id: accountId });
const before = z.strictObject({ id: z.string().regex(/^\d{1,18}$/) });
const period = { from: instantIn.describe('Inclusive'), until: instantIn.describe('Exclusive: `2026-11-30 24:00` holds the whole month') };

export const accountEntryRoutes: Routes = async (app, deps) => {
  const { db } = deps;
  const ledger = loadLedger();
  addList(app, deps, {
    url: '/api/accounts/:id/entries',
    said: list,
    file: { zh: '账户分录', en: 'account entries' },
    params: { id: accountId },
    filter: { from: period.from.optional(), until: period.until.optional() },
    cursor: before,
    item: entry,
    columns: {
      id: text('序号', 'number'),
      account: text('账户', 'account'),
      kind: [],
      name: words('摘要', 'kind'),
      amount: yuan('金额(元)', 'amount (yuan)'),
      case: text('案件编号', 'case'),
      decision: text('依据', 'decision'),
      decidedBy: text('决定人', 'decided by'),
      decidedAt: time('决定时间', 'decided'),
      reason: text('原因', 'reason'),
      enteredBy: text('记账人', 'entered by'),
      enteredAt: time('记账时间', 'entered'),
    },
    page: async ({ request, params: { id: asked }, query, limit, after }) => {
      const { id } = await accountFor(db, me(request), asked, ledger);
      const rows = await entriesOf(db, id, { ...query, before: after?.id, limit, scope: me(request) });
      return cut(
        rows,
        limit,
        (last) => ({ id: last.id }),
        (row) => entryView(row, row.named),
      );
    },
  });
  app.post(
    '/api/accounts/:id/entries',
    {
      schema: { ...about(enter), headers: idempotent, params, body: entryBody, response: { 201: entry, ...problemsOf(enter) } },
    },
    async (request, reply) => {
      const who = me(request);
      const key = keyOf(request);
      const account = await accountFor(db, who, request.params.id, ledger);
      mustEnter(who, account, request.body.kind, ledger);
      const id = await enterOnAccount(deps, request, account, request.body, key);
      void reply.code(201);
      return entryView((await findLedgerEntry(db, id)) as EntryRow);
    },
  );
  app.get(
    '/api/accounts/:id/statement',
    { schema: { ...about(sums), params, querystring: z.strictObject(period), response: { 200: statement, ...problemsOf(sums) } } },
    async (request) => {
      const { id } = await accountFor(db, me(request), request.params.id, ledger);
      const { from, until } = request.query;
      if (until <= from) throw new Problem('bad-request', { zh: 'until 须晚于 from', en: 'until must be later than from' });
      const { opening, moved } = await statementOf(db, id, { from, until });
      const closing = moved.reduce((sum, { amount }) => sum + amount, opening);
      return {
        ...{ account: id, from: iso(from), until: iso(until), opening: plainYuan(opening), closing: plainYuan(closing) },
        moved: moved.map(({ kind: kept, ofCase, amount, entries }) => {
          const kind = kindOf(kept, id, ofCase ? '' : null);
          return { kind, name: { zh: entryKinds[kind].zh, en: entryKinds[kind].en }, amount: plainYuan(amount), entries };
        }),
      };
    },
  );
  addList(app, deps, {
    url: '/api/shortfalls',
    said: short,
    file: { zh: '资金不足', en: 'shortfalls' },
    filter: { all: flag.optional().describe('Those that have been met, too') },
    cursor: before,
    item: shortfall,
    columns: {
      id: text('序号', 'number'),
      account: text('账户', 'account'),
      amount: yuan('不足(元)', 'short (yuan)'),
      open: yuan('尚未补足(元)', 'open (yuan)'),
      borneBy: choice('承担方', 'borne by', BORNE_BY),
      case: text('案件编号', 'case'),
      enteredAt: time('记录时间', 'entered'),
    },
    page: async ({ request, query: { all = false }, limit, after }) => {
      const sights = accountSights(me(request), ledger.kinds).filter(({ kind }) => kind === 'settlement');
      if (sights.length === 0) throw new Problem('not-allowed');
      const rows = await shortfallsFrom(db, { all, before: after?.id, limit, scope: me(request), at: sights });
      return cut(
        rows,
        limit,
        ({ id }) => ({ id }),
        ({ id, account, amount, open, borne_by: borneBy, case_number, entered_at, named }) => ({
          ...{ id, account, amount: plainYuan(Number(amount)), open: plainYuan(Number(open)), borneBy },
          ...{ case: named ? case_number : null, enteredAt: iso(entered_at.getTime()) },
        }),
      );
    },
  });
};
