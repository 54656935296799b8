/** GET and POST /api/absences, POST /api/absences/:id/end */
import { z } from 'zod';
import { roleName, text, time } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { AbsenceKeyReused, AbsenceOverlaps, endAbsence, enterAbsence, NobodyKnown, type Absence } from '../../../db/absence.ts';
import type { Db } from '../../../db/database.ts';
import { absencesFrom, findAbsence, type AbsenceRow } from '../../../db/read/absences.ts';
import { identityOf, type Identity } from '../../../db/read/identity.ts';
import type { RuleBook } from '../../../desk/index.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { coordinatedBy, coordinates } from '../../http/coordinates.ts';
import { keyOf } from '../../http/idempotency.ts';
import { me } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import { absence, absenceBody } from '../../schemas/absences.ts';
import { idempotent } from '../../schemas/requests.ts';
import { iso, isoOfDate } from '../../view/instants.ts';
import type { Routes } from '../routes.ts';

const list: Described = {
  id: 'listAbsences',
  tag: 'absences',
  summary: 'Absences that are not over: mine, those I stand in for, and those of the people of packs I coordinate',
};
const enter: Described = {
  id: 'enterAbsence',
  tag: 'absences',
  summary: 'Be absent for a time, with a substitute',
  description:
    'One’s own; for somebody else by a coordinator or the general manager of the pack. It holds for approvals, escalations, notices and assignments.',
  problems: [
    'key-missing',
    'bad-json',
    'not-allowed',
    'bad-absence',
    'absence-overlaps',
    'key-reused',
    'body-too-large',
    'unsupported-media-type',
  ],
};
const end: Described = {
  id: 'endAbsence',
  tag: 'absences',
  summary: 'Be back earlier than said',
  problems: ['key-missing', 'not-allowed', 'not-found'],
};
const absenceId = z.string().regex(/^\d{1,15}$/, 'the id of an absence');

export const absenceRoutes: Routes = async (app, deps) => {
  const { db, rules, clock } = deps;
  addList(app, deps, {
    url: '/api/absences',
    said: list,
    file: { zh: '缺勤', en: 'absences' },
    item: absence,
    columns: {
      id: text('编号', 'id'),
      person: text('人员', 'person'),
      substitute: text('代理人', 'substitute'),
      from: time('开始时间', 'from'),
      until: time('结束时间', 'until'),
      pack: text('制度包', 'pack'),
      role: roleName('岗位', 'role'),
      reason: text('原因', 'reason'),
      enteredBy: text('登记人', 'entered by'),
      enteredAt: time('登记时间', 'entered'),
      endedAt: time('提前结束', 'ended'),
    },
    page: async ({ request }) => {
      const who = me(request);
      const rows = await absencesFrom(db, clock(), { person: who.person, packs: await coordinatedBy(who, rules, clock()) });
      return { items: rows.map(view), after: null };
    },
  });
  app.post(
    '/api/absences',
    {
      schema: {
        ...about(enter),
        headers: idempotent,
        body: absenceBody,
        response: { 201: absence, ...problemsOf(enter) },
      },
    },
    async (request, reply) => {
      const key = keyOf(request);
      const who = me(request);
      const asked: Absence = { ...request.body, person: request.body.person ?? who.person };
      await mayEnter(who, rules, asked, clock());
      await check(rules, asked, clock());
      await checkSubstitute(db, asked, who.person, clock());
      const id = await enterAbsence(db, asked, { key, by: who.person, at: clock() }).catch(said);
      void reply.code(201);
      return view((await findAbsence(db, id)) as AbsenceRow);
    },
  );
  app.post(
    '/api/absences/:id/end',
    {
      config: { once: true },
      schema: {
        ...about(end),
        headers: idempotent,
        params: z.object({ id: absenceId }),
        response: { 200: absence, ...problemsOf(end) },
      },
    },
    async (request) => {
      const { id } = request.params;
      const row = await findAbsence(db, id);
      if (row === undefined) throw new Problem('not-found');
      // Ids are counted up: whether there is such an absence is told to nobody who does not see it.
      if (!(await seesAbsence(me(request), rules, row, clock()))) throw new Problem('not-found');
      await mayEnter(me(request), rules, { person: row.person, pack: row.pack_id ?? undefined }, clock());
      await endAbsence(db, id, me(request).person, clock());
      return view((await findAbsence(db, id)) ?? row);
    },
  );
};

/** One's own, that of somebody one stands in for, or of whom one coordinates. */
async function seesAbsence(who: Identity, rules: RuleBook, row: AbsenceRow, at: number): Promise<boolean> {
  if ([row.person, row.substitute].includes(who.person)) return true;
  return row.pack_id !== null && (await coordinates(who, rules, row.pack_id, at));
}

/** One's own, or of whom one coordinates. @throws Problem not-allowed */
async function mayEnter(who: Identity, rules: RuleBook, { person, pack }: Pick<Absence, 'person' | 'pack'>, at: number): Promise<void> {
  if (person === who.person) return;
  if (pack === undefined || !(await coordinates(who, rules, pack, at))) {
    throw new Problem('not-allowed', {
      zh: '他人的缺勤由该制度包的协调员或总经理登记,且须指明制度包。',
      en: 'The absence of somebody else is entered by a coordinator or the general manager of a pack, for that pack.',
    });
  }
}

/** @throws Problem bad-absence with the field that is not right */
async function check(rules: RuleBook, { person, substitute, from, until, pack, role }: Absence, at: number): Promise<void> {
  if (person === substitute) throw wrong('substitute', '代理人不得是本人。', 'Nobody can stand in for themselves.');
  if (until <= from) throw wrong('until', '结束时间须晚于开始时间。', 'It must end after it begins.');
  if (until <= at) throw wrong('until', '结束时间已过。', 'It is over already.');
  if (pack === undefined && role !== undefined)
    throw wrong('role', '指明岗位时须指明制度包。', 'A role is one of a pack: name the pack as well.');
  if (pack === undefined) return;
  const found = await rules.latest(pack, at);
  if (found === undefined) throw wrong('pack', `没有制度包 ${pack}。`, `There is no pack ${pack}.`);
  if (role !== undefined && !found.roles.some(({ id }) => id === role))
    throw wrong('role', `${pack} 没有岗位 ${role}。`, `${pack} has no role ${role}.`);
}

/**
 * Who enters that somebody else is absent would otherwise decide in their place alone. The store holds it as well.
 * @throws Problem bad-absence
 */
async function checkSubstitute(db: Db, { person, substitute, pack }: Absence, by: string, at: number): Promise<void> {
  if (by === substitute)
    throw wrong(
      'substitute',
      '登记他人缺勤者不得自任代理人,请另指定代理人。',
      'Whoever enters the absence of somebody else does not stand in for them: name another.',
    );
  const works = Object.keys((await identityOf(db, substitute, at))?.packs ?? {});
  const where = pack === undefined ? Object.keys((await identityOf(db, person, at))?.packs ?? {}) : [pack];
  if (where.length === 0 || where.some((one) => works.includes(one))) return;
  const packs = where.join(', ');
  throw wrong(
    'substitute',
    `${substitute} 在 ${packs} 没有岗位,不能代理。`,
    `${substitute} holds no role in ${packs} and cannot stand in there.`,
  );
}

function said(error: unknown): never {
  if (error instanceof AbsenceOverlaps) {
    throw new Problem('absence-overlaps', { zh: `与第 ${error.id} 号缺勤重叠。`, en: `It overlaps with absence ${error.id}.` });
  }
  if (error instanceof NobodyKnown) throw wrong('substitute', `没有人员 ${error.message}。`, `Nobody is called ${error.message}.`);
  if (error instanceof AbsenceKeyReused) throw new Problem('key-reused');
  throw error;
}

const wrong = (path: string, zh: string, en: string): Problem => new Problem('bad-absence', { errors: [{ path, zh, en }] });

function view(row: AbsenceRow) {
  return {
    id: row.id,
    person: row.person,
    substitute: row.substitute,
    from: iso(row.starts_at.getTime()),
    until: iso(row.ends_at.getTime()),
    pack: row.pack_id,
    role: row.role,
    reason: row.reason,
    enteredBy: row.entered_by,
    enteredAt: iso(row.entered_at.getTime()),
    endedAt: isoOfDate(row.ended_at),
  };
}
