/** Emergency grants as they concern somebody: whom they wait for, and of which they may know. */
import type { FastifyRequest } from 'fastify';
import { emergenciesIn, emergenciesWaiting, type EmergencyRow } from '../../db/emergencies.ts';
import type { Db } from '../../db/database.ts';
import { findCases, type FoundCase } from '../../db/read/cases.ts';
import { barring, type Duty } from '../../domain/authority/duties.ts';
import { overseersOf } from '../../domain/authority/emergency.ts';
import { barredAt } from '../../domain/authority/of-case.ts';
import { rolesAt } from '../../domain/case/concern.ts';
import type { RuleBook } from '../../desk/index.ts';
import type { PackRules } from '../../domain/pack.ts';
import type { Instant } from '../../domain/time.ts';
import { me } from '../plugins/auth.ts';
import { coordinatedBy } from './coordinates.ts';
import { pinnedPack } from './pack.ts';

interface Deps {
  readonly db: Db;
  readonly rules: RuleBook;
}

/** Rules of the case's pack, of which the person is an overseer for its place; undefined: they are none. */
export async function overseenBy(rules: RuleBook, request: FastifyRequest, { state, places }: FoundCase): Promise<PackRules | undefined> {
  const pack = await pinnedPack(rules, state.pack.hash);
  const held = rolesAt(me(request), state.pack.id, places);
  return pack !== undefined && overseersOf(pack.rules).some((role) => held.includes(role)) ? pack.rules : undefined;
}

/** The duty that keeps a person from an act on a grant; undefined: none does. */
export function barredFromGrant(row: EmergencyRow, act: 'grant' | 'review', by: string): Duty | undefined {
  const deeds = [
    { act: 'ask', persons: [row.asked_by] },
    { act: 'use', persons: [row.person] },
    { act: 'grant', persons: row.granted_by === null ? [] : [row.granted_by] },
  ];
  return barring('emergency', act, deeds, by);
}

/** Those of packs that somebody oversees and their own; of a case that is not theirs to see nobody learns that there was an emergency. */
export async function emergenciesFor({ db, rules }: Deps, request: FastifyRequest, at: Instant): Promise<EmergencyRow[]> {
  const { person } = me(request);
  const rows = await emergenciesIn(db, await coordinatedBy(me(request), rules, at), person);
  const cases = await casesOf(db, request, rows);
  const theirs = await Promise.all(
    rows.map(async (row) => {
      const found = cases.get(row.case_number);
      if (found === undefined) return false;
      return row.person === person || row.asked_by === person || (await overseenBy(rules, request, found)) !== undefined;
    }),
  );
  return rows.filter((_, i) => theirs[i]);
}

/** Those that the person may see, by one question whatever their number. */
const casesOf = (db: Db, request: FastifyRequest, rows: readonly EmergencyRow[]): Promise<ReadonlyMap<string, FoundCase>> =>
  findCases(
    db,
    me(request),
    rows.map((row) => row.case_number),
  );

export interface Waiting {
  readonly row: EmergencyRow;
  readonly waitsFor: 'grant' | 'review';
}

/** Those that somebody may grant now, or review: what waits for them. */
export async function emergenciesToDo({ db, rules }: Deps, request: FastifyRequest, at: Instant): Promise<Waiting[]> {
  const { person } = me(request);
  const rows = await emergenciesWaiting(db, await coordinatedBy(me(request), rules, at), at);
  const cases = await casesOf(db, request, rows);
  const each = rows.map(async (row): Promise<Waiting[]> => {
    const waitsFor = row.granted_by === null ? ('grant' as const) : ('review' as const);
    if (barredFromGrant(row, waitsFor, person) !== undefined) return [];
    const found = cases.get(row.case_number);
    if (found === undefined || (await overseenBy(rules, request, found)) === undefined) return [];
    const task = found.state.tasks[row.task_id];
    const open = task?.status === 'open' && barredAt(task, found.state, person) === undefined;
    return waitsFor === 'review' || open ? [{ row, waitsFor }] : [];
  });
  return (await Promise.all(each)).flat();
}
