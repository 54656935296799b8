/** A case as prints need it: its record up to an event, the forms filed in it, the names of whoever acted. */
import type { CalendarDays } from '../../domain/calendar.ts';
import { filedStep } from '../../domain/case/filed-step.ts';
import { fold } from '../../domain/case/reduce.ts';
import type { CalendarRef, PackRef } from '../../domain/case/event.ts';
import type { CaseState } from '../../domain/case/state.ts';
import { formOf, type Pack } from '../../domain/pack.ts';
import type { Db } from '../../db/database.ts';
import { calendarByVersion } from '../../db/read/calendars.ts';
import { exactTexts, signedDecisionsIn, type ExactText, type SignedDecision } from '../../db/read/decisions.ts';
import { resultsOf, type DeliveryLine } from '../../db/read/deliveries.ts';
import { EVERY_EVENT, eventsOf, type EventRow } from '../../db/read/events.ts';
import { attachmentsOf, type AttachmentRow } from '../../db/read/files.ts';
import { formsByHash } from '../../db/read/filings.ts';
import { packByHash } from '../../db/read/packs.ts';
import { namesOf, postedOf, workOrdersOf, type WorkOrderRow } from '../../db/read/prints.ts';
import type { Stamp } from '../kit/sheet.ts';

/** A filled form, by the event that filed it. */
export interface Filed {
  readonly step: string;
  readonly hash: string;
  readonly form: Readonly<Record<string, unknown>>;
  readonly row: EventRow;
}

/** By what the case went from an event on. */
interface Under {
  readonly seq: number;
  readonly pack: Pack | undefined;
  readonly calendar: CalendarDays | undefined;
}

export interface CaseFile {
  readonly number: string;
  readonly state: CaseState;
  /** The version it goes by; undefined = the store does not have it, ids are shown instead of names. */
  readonly pack: Pack | undefined;
  readonly rows: readonly EventRow[];
  readonly filed: readonly Filed[];
  /** What people have put their name to by then, and the texts it was about, by their hash. */
  readonly decisions: readonly SignedDecision[];
  readonly texts: ReadonlyMap<string, ExactText>;
  readonly names: ReadonlyMap<string, string>;
  readonly workOrders: readonly WorkOrderRow[];
  /** Stored files attached by then, withdrawn ones among them. */
  readonly attached: readonly AttachmentRow[];
  /** What the last settlement asked for by then has posted, in fen. */
  readonly posted: Readonly<Record<string, unknown>> | undefined;
  /** What became of its notices outside the application; of an issued print nothing, since that goes on changing. */
  readonly delivered: readonly DeliveryLine[];
  readonly under: (seq: number) => Under | undefined;
  readonly stamp: Stamp;
}

/** Attached files that a dossier lists. */
const MOST_FILES = 2_000;

/** @param upTo seq of the last event that counts; absent = all there are. Undefined: there is no such case. */
export async function readCaseFile(db: Db, number: string, upTo?: number): Promise<CaseFile | undefined> {
  const all = await eventsOf(db, number, 0, EVERY_EVENT);
  const rows = upTo === undefined ? all : all.filter(({ event }) => event.seq <= upTo);
  const last = rows.at(-1);
  if (last === undefined) return undefined;
  const state = fold(rows.map(({ event }) => event));
  const filings = rows.flatMap((row) => {
    const { kind, data } = row.event;
    const hash = (data as { documentHash?: string }).documentHash;
    // A decision names the form that its step has filed already.
    return hash === undefined || kind === 'decided' ? [] : [{ row, hash }];
  });
  const forms = await formsByHash(
    db,
    filings.map(({ hash }) => hash),
  );
  const filed = filings.map(({ row, hash }) => ({ step: filedStep(row.event), hash, form: forms.get(hash) ?? {}, row }));
  const since = await understandings(db, rows);
  const pack = since.at(-1)?.pack;
  const orders = await workOrdersOf(db, number);
  const attached = await attachmentsOf(db, { caseNumber: number }, { limit: MOST_FILES });
  const asked = rows.filter(({ event }) => event.kind === 'effect-asked' && event.data.effect === 'issueWorkOrder').length;
  const settlement = rows
    .flatMap(({ event }) => (event.kind === 'effect-asked' && event.data.effect === 'postSettlement' ? [event.data.ordinal] : []))
    .at(-1);
  const decisions = await signedDecisionsIn(db, number, rows);
  const decidedOn = decisions.flatMap(({ text, said }) => [text, said]).filter((hash) => hash !== undefined);
  return {
    number,
    state,
    pack,
    rows,
    filed,
    decisions,
    texts: await exactTexts(db, decidedOn),
    names: await namesOf(db, personsIn(rows, filed, pack, state.kind)),
    workOrders: upTo === undefined ? orders : orders.slice(0, asked),
    attached: attached.filter(({ at }) => upTo === undefined || at.getTime() <= last.event.recordedAt),
    posted: settlement === undefined ? undefined : await postedOf(db, number, settlement),
    delivered: upTo === undefined ? await resultsOf(db, number) : [],
    under: (seq) => since.findLast((one) => one.seq <= seq),
    stamp: { number, seq: state.seq, hash: last.hash, at: last.event.recordedAt, issued: upTo !== undefined, of: 'case' },
  };
}

async function understandings(db: Db, rows: readonly EventRow[]): Promise<Under[]> {
  const since: Under[] = [];
  let by: { pack?: PackRef; calendar?: CalendarRef } = {};
  for (const { event } of rows) {
    if (event.kind !== 'opened' && event.kind !== 'rebased') continue;
    by = { ...by, ...(event.data.pack && { pack: event.data.pack }), ...(event.data.calendar && { calendar: event.data.calendar }) };
    const { pack, calendar } = by;
    since.push({
      seq: event.seq,
      pack: pack === undefined ? undefined : await packByHash(db, pack.hash),
      calendar: calendar === undefined ? undefined : await calendarByVersion(db, calendar.id, calendar.version),
    });
  }
  return since;
}

/** Whoever acted or is named: actors, those they stood in for, holders, persons in forms. */
function personsIn(rows: readonly EventRow[], filed: readonly Filed[], pack: Pack | undefined, kind: string): string[] {
  const acting = rows.flatMap(({ event }) => [
    ...(event.actor === undefined ? [] : [event.actor.person, ...(event.actor.for === undefined ? [] : [event.actor.for])]),
    ...(event.kind === 'assigned' ? [event.data.person] : []),
  ]);
  const inForms = filed.flatMap(({ step, form }) =>
    (pack === undefined ? [] : (formOf(pack, step, kind)?.fields ?? []))
      .filter(({ type }) => type === 'person')
      .map(({ name }) => form[name])
      .filter((value): value is string => typeof value === 'string'),
  );
  return [...acting, ...inForms];
}
