/** GET and POST /api/accounts, GET /api/accounts/:id */
import { z } from 'zod';
import { choice, text, time, words, yuan } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { cut } from '../../http/cursor.ts';
import { AccountTaken, LedgerKeyReused, openAccount, OwnDecision } from '../../../db/ledger.ts';
import { accountsOf, findAccount, placesOfAccount, type AccountRow } from '../../../db/read/ledger.ts';
import { accounts, floorOf } from '../../../domain/ledger/account.ts';
import { accountSights } from '../../../domain/ledger/sight.ts';
import { loadLedger } from '../../../packs/ledger.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { keyOf } from '../../http/idempotency.ts';
import { accountFor, amountIn, badLedger, fundAmount, mustOpen } from '../../http/ledger.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { account, accountId, openBody } from '../../schemas/accounts.ts';
import { idempotent } from '../../schemas/requests.ts';
import { accountView, ACCOUNT_KIND_NAMES } from '../../view/account.ts';
import type { Routes } from '../routes.ts';

const list: Described = {
  id: 'listAccounts',
  tag: 'accounts',
  summary: 'Working funds, retentions, repair payments, outlets’ funds: those I may see, with what is left',
  problems: ['bad-cursor'],
};
const one: Described = { id: 'getAccount', tag: 'accounts', summary: 'An account and what is left on it', problems: ['not-found'] };
const open: Described = {
  id: 'openAccount',
  tag: 'accounts',
  summary: 'Open a working fund, a builder’s retention for a building, or an outlet’s account',
  description:
    'By a decision document. A working fund is opened with the amount that the pack in force names; an outlet’s account is empty until funds are supplied for a case.',
  problems: [
    'key-missing',
    'bad-json',
    'not-allowed',
    'decider-cannot-enter',
    'bad-ledger',
    'bad-amount',
    'account-taken',
    'key-reused',
    'body-too-large',
    'unsupported-media-type',
  ],
};
const after = z.strictObject({ id: z.string().max(200) });

export const accountRoutes: Routes = async (app, deps) => {
  const { db, rules, clock } = deps;
  const ledger = loadLedger();
  const view = async (row: AccountRow) => accountView(row, ledger, await fundAmount(rules, ledger, row.id, clock()));
  addList(app, deps, {
    url: '/api/accounts',
    said: list,
    file: { zh: '账户', en: 'accounts' },
    cursor: after,
    item: account,
    columns: {
      id: text('账户', 'account'),
      kind: choice('类别', 'kind', ACCOUNT_KIND_NAMES),
      name: words('名称', 'name'),
      owner: text('责任方', 'owner'),
      clause: text('条款', 'clause'),
      balance: yuan('余额(元)', 'balance (yuan)'),
      floor: yuan('下限(元)', 'floor (yuan)'),
      left: yuan('可用(元)', 'left (yuan)'),
      amount: yuan('定额(元)', 'amount (yuan)'),
      toReplenish: yuan('待补足(元)', 'to replenish (yuan)'),
      shortfall: yuan('未补足的不足(元)', 'open shortfall (yuan)'),
      openedAt: time('开户时间', 'opened'),
      openedBy: text('开户人', 'opened by'),
    },
    page: async ({ request, limit, after: last }) => {
      const sights = accountSights(me(request), ledger.kinds);
      const { items, after: following } = cut(await accountsOf(db, { sights, limit, after: last?.id }), limit, ({ id }) => ({ id }));
      return { items: await Promise.all(items.map(view)), after: following };
    },
  });
  app.get(
    '/api/accounts/:id',
    { schema: { ...about(one), params: z.object({ id: accountId }), response: { 200: account, ...problemsOf(one) } } },
    async (request) => view(await accountFor(db, me(request), request.params.id, ledger)),
  );
  app.post(
    '/api/accounts',
    { schema: { ...about(open), headers: idempotent, body: openBody, response: { 201: account, ...problemsOf(open) } } },
    async (request, reply) => {
      const { body } = request;
      const who = me(request);
      const key = keyOf(request);
      mustOpen(who, { kind: body.kind, places: await placesOfAccount(db, nameOf(body)) }, ledger);
      const { reference, by, at, reason } = body.decision;
      if (at > clock()) throw badLedger('decision.at', '决定时间不得晚于现在', 'it cannot have been decided later than now');
      const basis = { decision: `document:${reference}`, decidedBy: by, decidedAt: at, reason, enteredBy: who.person };
      const { owner, amount } = await ownerOf(body);
      const id = nameOf(body);
      await openAccount(db, { account: id, kind: body.kind, owner, floor: floorOf(body.kind), amount, key, basis }).catch(said);
      void reply.code(201);
      return view((await findAccount(db, id)) as AccountRow);
    },
  );

  /** Owner and first amount of the account that is to be opened. */
  async function ownerOf(body: Body): Promise<{ owner: string; amount: number }> {
    if (body.kind === 'outlet') return { owner: body.outlet, amount: 0 };
    if (body.kind === 'retention') return { owner: body.builder, amount: amountIn(body.amount) };
    const fund = Object.hasOwn(ledger.funds, body.fund) ? ledger.funds[body.fund] : undefined;
    const amount = await fundAmount(rules, ledger, nameOf(body), clock());
    if (fund === undefined || amount === undefined) {
      const known = Object.keys(ledger.funds).join(', ');
      throw badLedger('fund', `没有此周转金;可用:${known}`, `there is no such working fund; there are: ${known}`);
    }
    return { owner: fund.owner, amount };
  }
};

type Body = z.output<typeof openBody>;

function nameOf(body: Body): string {
  if (body.kind === 'outlet') return accounts.outlet(body.outlet);
  return body.kind === 'retention' ? accounts.retention(body.builder, body.building) : accounts.fund(body.fund);
}

function said(error: unknown): never {
  if (error instanceof AccountTaken) throw new Problem('account-taken', { zh: `账户 ${error.message}`, en: `Account ${error.message}` });
  if (error instanceof OwnDecision) throw new Problem(error.duty.code);
  if (error instanceof LedgerKeyReused) throw new Problem('key-reused');
  throw error;
}
