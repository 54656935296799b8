/** Audits by a check list: opened, marked, issued. What was issued stays as it was. */
import { sql } from 'kysely';
import type { Checklist } from '../domain/audit/checklist.ts';
import { faultOf, scoreOf, type AuditResult, type Mark, type MarkFault } from '../domain/audit/score.ts';
import type { Instant } from '../domain/time.ts';
import type { Db, Trx } from './database.ts';
import { sealedText, subjects, withReasons } from './personal.ts';
import { evidenceFor, type Period } from './read/audit-evidence.ts';

export interface Audit {
  readonly id: string;
  readonly period: Period;
  readonly person: string;
  readonly at: Instant;
  readonly result: AuditResult;
  /** Null: marks may still come, and evidence is counted anew at each look. */
  readonly issued: { readonly person: string; readonly at: Instant } | null;
}

export interface By {
  readonly person: string;
  readonly at: Instant;
}

/** The mark is not taken, and why. */
export class MarkRefused extends Error {
  readonly fault: MarkFault;
  constructor(fault: MarkFault) {
    super(fault);
    this.name = 'MarkRefused';
    this.fault = fault;
  }
}

/** It is issued: nothing of it changes any more. */
export class AuditIssued extends Error {}

/** Some indicators have no mark yet. */
export class AuditOpen extends Error {
  readonly open: readonly string[];
  constructor(open: readonly string[]) {
    super(open.join(', '));
    this.name = 'AuditOpen';
    this.open = open;
  }
}

/** The same key came with another body. */
export class AuditKeyReused extends Error {}

/** @param id made of the request's key: the same again is the same audit @throws AuditKeyReused */
export async function openAudit(db: Db, id: string, checklist: Checklist, { from, to }: Period, { person, at }: By): Promise<void> {
  await db
    .insertInto('audit')
    .values({ id, checklist: JSON.stringify(checklist), from_at: new Date(from), to_at: new Date(to), person, at: new Date(at) })
    .onConflict((c) => c.doNothing())
    .execute();
  const row = await rowOf(db, id);
  if (row?.from_at.getTime() !== from || row.to_at.getTime() !== to) throw new AuditKeyReused(id);
}

/** An audit with its score so far, or as it was issued; undefined when there is none. */
export async function findAudit(db: Db | Trx, id: string): Promise<Audit | undefined> {
  const row = await rowOf(db, id);
  if (row === undefined) return undefined;
  const period = { from: row.from_at.getTime(), to: row.to_at.getTime() };
  const { person, at, checklist } = row;
  const known = { id, period, person, at: at.getTime() };
  const issue = await db.selectFrom('audit_issue').selectAll().where('audit', '=', id).executeTakeFirst();
  const marks = await marksOf(db, id);
  if (issue !== undefined)
    return { ...known, result: withWords(issue.result, marks), issued: { person: issue.person, at: issue.at.getTime() } };
  const result = scoreOf(checklist, marks, await evidenceFor(db, checklist, period));
  return { ...known, result, issued: null };
}

/** The last fifty, the newest first. */
export async function recentAudits(db: Db): Promise<{ id: string; from: Instant; to: Instant; person: string; issued: boolean }[]> {
  const rows = await db
    .selectFrom('audit')
    .leftJoin('audit_issue', 'audit_issue.audit', 'audit.id')
    .select(['audit.id', 'audit.from_at', 'audit.to_at', 'audit.person', 'audit_issue.at as issued'])
    .orderBy('audit.at', 'desc')
    .orderBy('audit.id')
    .limit(50)
    .execute();
  return rows.map(({ id, from_at, to_at, person, issued }) => ({
    id,
    from: from_at.getTime(),
    to: to_at.getTime(),
    person,
    issued: issued !== null,
  }));
}

/** @throws MarkRefused, AuditIssued, AuditKeyReused; for an audit that is not there as the store says it */
export async function markIndicator(db: Db, audit: string, mark: Mark, { person, at, key }: By & { readonly key: string }): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { checklist, from_at, to_at } = await locked(trx, audit);
    const same = await trx.selectFrom('audit_mark').selectAll().where('key', '=', key).executeTakeFirst();
    if (same !== undefined) {
      const [known = same] = await withReasons(trx, [same], ofAuditor);
      if (same.audit === audit && sameMark(known, mark)) return;
      throw new AuditKeyReused(key);
    }
    if (await isIssued(trx, audit)) throw new AuditIssued(audit);
    const asked = { ...checklist, indicators: checklist.indicators.filter(({ id }) => id === mark.indicator) };
    const evidence = await evidenceFor(trx, asked, { from: from_at.getTime(), to: to_at.getTime() });
    const fault = faultOf(checklist, mark, evidence[mark.indicator] ?? 0);
    if (fault !== undefined) throw new MarkRefused(fault);
    const { indicator, applicable, points } = mark;
    const reason = await sealedText(trx, subjects.person(person), mark.reason);
    await trx
      .insertInto('audit_mark')
      .values({ audit, indicator, applicable, points, reason, person, at: new Date(at), key })
      .execute();
  });
}

/** Freezes the result; issued already: what was issued then. @throws AuditOpen */
export async function issueAudit(db: Db, audit: string, { person, at }: By): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await locked(trx, audit);
    const { result, issued } = (await findAudit(trx, audit))!;
    if (issued !== null) return;
    if (result.open.length > 0) throw new AuditOpen(result.open);
    await trx
      .insertInto('audit_issue')
      .values({ audit, result: JSON.stringify(withWords(result, [])), person, at: new Date(at) })
      .execute();
  });
}

const rowOf = (db: Db | Trx, id: string) => db.selectFrom('audit').selectAll().where('id', '=', id).executeTakeFirst();

/** Marks and the issue of one audit come one after the other. The table is append-only, so the lock is not its row's. */
async function locked(trx: Trx, id: string) {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`audit ${id}`}, 0))`.execute(trx);
  return trx.selectFrom('audit').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
}

async function isIssued(trx: Trx, audit: string): Promise<boolean> {
  return (await trx.selectFrom('audit_issue').select('audit').where('audit', '=', audit).executeTakeFirst()) !== undefined;
}

/** In the order in which they were given: the last of an indicator counts. */
async function marksOf(db: Db | Trx, audit: string): Promise<Mark[]> {
  const rows = await db
    .selectFrom('audit_mark')
    .select(['indicator', 'applicable', 'points', 'reason', 'person'])
    .where('audit', '=', audit)
    .orderBy('ordinal')
    .execute();
  return (await withReasons(db, rows, ofAuditor)).map(({ person: _, ...mark }) => mark);
}

/** What is said of a mark is sealed for whoever gave it. */
const ofAuditor = ({ person }: { readonly person: string }): string => subjects.person(person);

/** A result with the words of its marks, which stand with the marks alone. */
function withWords({ lines, ...result }: AuditResult, marks: readonly Mark[]): AuditResult {
  const words = new Map(marks.map(({ indicator, reason }) => [indicator, reason]));
  return {
    ...result,
    lines: lines.map((line) => (line.mark === null ? line : { ...line, mark: { ...line.mark, reason: words.get(line.indicator) ?? '' } })),
  };
}

const sameMark = (a: Mark, b: Mark): boolean =>
  a.indicator === b.indicator && a.applicable === b.applicable && a.points === b.points && a.reason === b.reason;
