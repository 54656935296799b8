/** GET and POST /api/delegations, POST /api/delegations/:id/end */
import { z } from 'zod';
import { roleNames, stepNames, text, time, yuan } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import {
  DelegationKeyReused,
  delegationsOf,
  endDelegation,
  enterDelegation,
  findDelegation,
  type DelegationRow,
} from '../../../db/delegations.ts';
import { amountIn } from '../../http/ledger.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { coordinatedBy, coordinates } from '../../http/coordinates.ts';
import { keyOf } from '../../http/idempotency.ts';
import { plainYuan } from '../../../domain/money.ts';
import { identityOf, type Identity } from '../../../db/read/identity.ts';
import type { RuleBook } from '../../../desk/index.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { delegation, delegationBody } from '../../schemas/authority.ts';
import { idempotent } from '../../schemas/requests.ts';
import { iso, isoOfDate } from '../../view/instants.ts';
import type { Routes } from '../routes.ts';

const tag = 'authority';
const list: Described = {
  id: 'listDelegations',
  tag,
  summary: 'Delegations from me, to me, and in packs I coordinate; what is not over first',
};
const enter: Described = {
  id: 'enterDelegation',
  tag,
  summary: 'Let somebody decide in my place',
  description:
    'Within roles of mine, for named decisions or all, up to an amount. Both names stand in the decision. It cannot be passed on, and whoever drew up what is decided on decides neither as delegate nor through one.',
  problems: ['key-missing', 'bad-json', 'bad-delegation', 'bad-amount', 'key-reused', 'body-too-large', 'unsupported-media-type'],
};
const end: Described = {
  id: 'endDelegation',
  tag,
  summary: 'End a delegation at once',
  description: 'By the principal, the delegate, or a coordinator or the general manager of the pack.',
  problems: ['key-missing', 'not-allowed', 'not-found'],
};

export const delegationRoutes: Routes = async (app, deps) => {
  const { db, rules, clock } = deps;
  addList(app, deps, {
    url: '/api/delegations',
    said: list,
    file: { zh: '授权', en: 'delegations' },
    item: delegation,
    columns: {
      id: text('编号', 'id'),
      principal: text('授权人', 'principal'),
      delegate: text('被授权人', 'delegate'),
      pack: text('制度包', 'pack'),
      roles: roleNames('岗位', 'roles'),
      steps: stepNames('环节', 'steps'),
      ceiling: yuan('限额(元)', 'ceiling (yuan)'),
      from: time('开始时间', 'from'),
      until: time('结束时间', 'until'),
      reason: text('原因', 'reason'),
      enteredAt: time('登记时间', 'entered'),
      endedAt: time('提前结束', 'ended'),
      endedBy: text('结束人', 'ended by'),
    },
    page: async ({ request }) => {
      const who = me(request);
      const items = await delegationsOf(db, who.person, await coordinatedBy(who, rules, clock()), clock());
      return { items: items.map(view), after: null };
    },
  });
  app.post(
    '/api/delegations',
    { schema: { ...about(enter), headers: idempotent, body: delegationBody, response: { 201: delegation, ...problemsOf(enter) } } },
    async (request, reply) => {
      const key = keyOf(request);
      const who = me(request);
      const { ceiling, ...asked } = request.body;
      const amount = ceiling === undefined ? undefined : amountIn(ceiling);
      await check(rules, who, asked, clock());
      const known = await identityOf(db, asked.delegate, clock());
      if (known === undefined) throw wrong('delegate', `没有人员 ${asked.delegate}。`, `Nobody is called ${asked.delegate}.`);
      // What is secret stays with those who work with the pack.
      if ((known.packs[asked.pack] ?? []).length === 0)
        throw wrong('delegate', `${asked.delegate} 在 ${asked.pack} 没有岗位。`, `${asked.delegate} holds no role in ${asked.pack}.`);
      const row = await enterDelegation(db, { ...asked, principal: who.person, ceiling: amount }, key, clock()).catch(said);
      void reply.code(201);
      return view(row);
    },
  );
  app.post(
    '/api/delegations/:id/end',
    {
      config: { once: true },
      schema: {
        ...about(end),
        headers: idempotent,
        params: z.object({ id: z.string().regex(/^\d{1,15}$/, 'the id of a delegation') }),
        response: { 200: delegation, ...problemsOf(end) },
      },
    },
    async (request) => {
      const who = me(request);
      const { id } = request.params;
      const row = await findDelegation(db, id);
      const side = row?.principal === who.person || row?.delegate === who.person;
      if (row === undefined || !(side || Object.hasOwn(who.packs, row.pack_id))) throw new Problem('not-found');
      if (!side && !(await coordinates(who, rules, row.pack_id, clock()))) throw new Problem('not-allowed');
      await endDelegation(db, id, who.person, clock);
      return view((await findDelegation(db, id)) ?? row);
    },
  );
};

type Asked = Omit<z.output<typeof delegationBody>, 'ceiling'>;

/** @throws Problem bad-delegation with the field that is not right */
async function check(rules: RuleBook, { person, packs }: Identity, asked: Asked, at: number): Promise<void> {
  const { delegate, pack, roles = [], steps = [], from, until } = asked;
  if (delegate === person) throw wrong('delegate', '不得授权给本人。', 'Nobody delegates to themselves.');
  if (until <= from) throw wrong('until', '结束时间须晚于开始时间。', 'It must end after it begins.');
  if (until <= at) throw wrong('until', '结束时间已过。', 'It is over already.');
  const held = Object.hasOwn(packs, pack) ? (packs[pack] ?? []) : [];
  const found = held.length === 0 ? undefined : await rules.latest(pack, at);
  if (found === undefined) throw wrong('pack', `您在 ${pack} 没有岗位。`, `You hold no role in ${pack}.`);
  const role = roles.find((one) => !held.includes(one));
  if (role !== undefined)
    throw wrong('roles', `您没有岗位 ${role},不得转授。`, `You do not hold ${role}, and nothing that was delegated is passed on.`);
  const step = steps.find((one) => found.rules.steps[one] === undefined);
  if (step !== undefined) throw wrong('steps', `${pack} 没有环节 ${step}。`, `${pack} has no step ${step}.`);
}

function said(error: unknown): never {
  if (error instanceof DelegationKeyReused) throw new Problem('key-reused');
  throw error;
}

const wrong = (path: string, zh: string, en: string): Problem => new Problem('bad-delegation', { errors: [{ path, zh, en }] });

function view(row: DelegationRow) {
  return {
    id: row.id,
    principal: row.principal,
    delegate: row.delegate,
    pack: row.pack_id,
    roles: row.roles,
    steps: row.steps,
    ceiling: row.ceiling === null ? null : plainYuan(Number(row.ceiling)),
    from: iso(row.starts_at.getTime()),
    until: iso(row.ends_at.getTime()),
    reason: row.reason,
    enteredAt: iso(row.entered_at.getTime()),
    endedAt: isoOfDate(row.ended_at),
    endedBy: row.ended_by,
  };
}
