/** Secrecy labels of records: what carries which, and how it has come to. */
import { sql } from 'kysely';
import { higher, isLower, usualOfKind, usualOfRegister, type Secrecy } from '../domain/secrecy.ts';
import type { Instant } from '../domain/time.ts';
import type { Db, Trx } from './database.ts';
import { note } from './journal.ts';
import { sealedText, subjects, withReasons } from './personal.ts';

/** What carries a label. */
export interface Labelled {
  readonly of: 'case' | 'entry' | 'document' | 'attachment';
  /** Number of a case, or `<register>/<id>`. */
  readonly record: string;
  /** Hash of a document, id of an attachment; else empty. */
  readonly item: string;
}

export interface LabelChange {
  readonly id: string;
  readonly of: Labelled['of'];
  readonly item: string;
  readonly from_label: string;
  readonly to_label: string;
  readonly reason: string | null;
  readonly asked_by: string;
  readonly asked_at: Date;
  readonly decision: 'approve' | 'reject' | null;
  readonly decided_by: string | null;
  readonly decided_at: Date | null;
}

/** The key was used for another change. */
export class LabelKeyReused extends Error {}
/** It is decided already, or the record carries another label by now. */
export class LabelDecided extends Error {}
/** Whoever asked for it does not decide on it. */
export class OwnLabelChange extends Error {}

const split = (record: string): [string, string] => [record.slice(0, record.indexOf('/')), record.slice(record.indexOf('/') + 1)];

/** The label that something carries: its own, or what it has of its record, kind or register. Undefined: there is no such thing. */
export async function labelOf(db: Db | Trx, { of, record, item }: Labelled, secrecy: Secrecy): Promise<string | undefined> {
  if (of === 'entry') {
    const [register, id] = split(record);
    const row = await db.selectFrom('entry').select('label').where('register', '=', register).where('id', '=', id).executeTakeFirst();
    return row && (row.label ?? usualOfRegister(secrecy, register));
  }
  if (of === 'case') {
    const row = await db
      .selectFrom('case_file')
      .select(['label', 'pack_id', 'kind', sql<string[]>`array(select base from pack_base where pack = pack_id)`.as('bases')])
      .where('number', '=', record)
      .executeTakeFirst();
    return row && (row.label ?? usualOfKind(secrecy, [row.pack_id, ...row.bases], row.kind));
  }
  const own = of === 'document' ? await ofDocument(db, record, item) : await ofAttachment(db, record, item);
  if (own === undefined) return undefined;
  const above = await labelOf(db, { of: record.includes('/') ? 'entry' : 'case', record, item: '' }, secrecy);
  return above && (own === null ? above : higher(secrecy, own, above));
}

async function ofDocument(db: Db | Trx, record: string, hash: string): Promise<string | null | undefined> {
  const { rows } = await sql<{ label: string | null }>`
    select (select label from document_label where case_number = ${record} and hash = ${hash}) as label from event
    where case_number = ${record} and body -> 'data' ->> 'documentHash' = ${hash} limit 1`.execute(db);
  return rows[0]?.label;
}

async function ofAttachment(db: Db | Trx, record: string, id: string): Promise<string | null | undefined> {
  const query = db.selectFrom('attachment').select('label').where('id', '=', id);
  const [register, entry] = split(record);
  const row = await (
    record.includes('/') ? query.where('register', '=', register).where('entry_id', '=', entry) : query.where('case_number', '=', record)
  ).executeTakeFirst();
  return row?.label;
}

/** The label of a paper on a whole case: the highest of the case, its forms and its attachments. */
export async function labelOfPaper(db: Db, number: string, secrecy: Secrecy): Promise<string | undefined> {
  const own = await labelOf(db, { of: 'case', record: number, item: '' }, secrecy);
  const { rows } = await sql<{ labels: string[] }>`select paper_labels(${number}) labels`.execute(db);
  return own && (rows[0]?.labels ?? []).reduce((label, one) => higher(secrecy, label, one), own);
}

export interface Asking extends Labelled {
  readonly from: string;
  readonly to: string;
  /** Of a lowering. */
  readonly reason: string | undefined;
  readonly by: string;
  readonly at: Instant;
  readonly key: string;
}

/** Raised at once; lowered when a second person says so. @throws LabelKeyReused, LabelDecided when it carries another label than `from` */
export function changeLabel(db: Db, asking: Asking, secrecy: Secrecy): Promise<LabelChange> {
  const { of, record, item, from, to, reason, by, at, key } = asking;
  return db.transaction().execute(async (trx) => {
    await hold(trx, record);
    const known = await trx.selectFrom('label_change').selectAll().where('key', '=', key).executeTakeFirst();
    if (known !== undefined) {
      const same = known.of === of && known.record === record && known.item === item && known.to_label === to && known.asked_by === by;
      if (!same) throw new LabelKeyReused(key);
      return opened(trx, known);
    }
    if ((await labelOf(trx, asking, secrecy)) !== from) throw new LabelDecided(from);
    const lowers = isLower(secrecy, to, from);
    if (!lowers) await put(trx, asking, to);
    const kept = lowers ? await sealedText(trx, subjectOf(record), reason ?? '') : null;
    const decided = lowers ? {} : { decision: 'approve' as const, decided_by: by, decided_at: new Date(at) };
    const row = await trx
      .insertInto('label_change')
      .values({
        of,
        record,
        item,
        from_label: from,
        to_label: to,
        reason: kept,
        asked_by: by,
        asked_at: new Date(at),
        key,
        ...decided,
      })
      .returningAll()
      .executeTakeFirstOrThrow();
    await noteChange(trx, row, { record, by, at });
    return opened(trx, row);
  });
}

export interface Deciding {
  readonly id: string;
  readonly record: string;
  readonly decision: 'approve' | 'reject';
  readonly by: string;
  readonly at: Instant;
}

/** Undefined: there is no such change. The same person deciding the same again gets the first outcome. @throws LabelDecided, OwnLabelChange */
export function decideLabel(db: Db, { id, record, decision, by, at }: Deciding, secrecy: Secrecy): Promise<LabelChange | undefined> {
  return db.transaction().execute(async (trx) => {
    await hold(trx, record);
    const change = await trx.selectFrom('label_change').selectAll().where('id', '=', id).where('record', '=', record).executeTakeFirst();
    if (change === undefined) return undefined;
    if (change.decision === decision && change.decided_by === by) return opened(trx, change);
    if (change.decision !== null) throw new LabelDecided(change.decision);
    if (change.asked_by === by) throw new OwnLabelChange(by);
    if ((await labelOf(trx, change, secrecy)) !== change.from_label) throw new LabelDecided(change.from_label);
    if (decision === 'approve') await put(trx, change, change.to_label);
    const row = await trx
      .updateTable('label_change')
      .set({ decision, decided_by: by, decided_at: new Date(at) })
      .where('id', '=', id)
      .returningAll()
      .executeTakeFirstOrThrow();
    await noteChange(trx, row, { record, by, at });
    return opened(trx, row);
  });
}

/** In the order in which they were asked for; the latest two hundred. */
export async function labelChangesOf(db: Db, record: string): Promise<LabelChange[]> {
  const rows = await db.selectFrom('label_change').selectAll().where('record', '=', record).orderBy('id', 'desc').limit(200).execute();
  return withReasons(db, rows.toReversed(), ofRecord);
}

const subjectOf = (record: string): string => (record.includes('/') ? subjects.entry(...split(record)) : subjects.case(record));
const ofRecord = (change: { readonly record: string }): string => subjectOf(change.record);

async function opened<T extends { readonly record: string; readonly reason: string | null }>(trx: Trx, change: T): Promise<T> {
  return (await withReasons(trx, [change], ofRecord))[0] ?? change;
}

/** What came of it, in the journal: with the change, or neither. */
async function noteChange(
  trx: Trx,
  { id, of, item, from_label: from, to_label: to, decision }: LabelChange,
  { record, by, at }: { readonly record: string; readonly by: string; readonly at: Instant },
): Promise<void> {
  const what = { of, record, item, change: Number(id), from, to, became: decision ?? 'asked' };
  await note(trx, { kind: 'label', at, person: by, what });
}

/** One change of a record at a time. */
async function hold(trx: Trx, record: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`label:${record}`}, 0))`.execute(trx);
}

async function put(trx: Trx, { of, record, item }: Labelled, label: string): Promise<void> {
  const [register, id] = split(record);
  switch (of) {
    case 'case':
      await trx.updateTable('case_file').set({ label }).where('number', '=', record).execute();
      return;
    case 'entry':
      await trx.updateTable('entry').set({ label }).where('register', '=', register).where('id', '=', id).execute();
      return;
    case 'attachment':
      await trx.updateTable('attachment').set({ label }).where('id', '=', item).execute();
      return;
    case 'document':
      await trx
        .insertInto('document_label')
        .values({ case_number: record, hash: item, label })
        .onConflict((c) => c.columns(['case_number', 'hash']).doUpdateSet({ label }))
        .execute();
  }
}
