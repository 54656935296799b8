/** The one door for what people do: receive, decide, record (design section 3). */
import { sql } from 'kysely';
import { isAway, type Db } from '../db/database.ts';
import { AuthorityOver } from '../db/authority-held.ts';
import { fingerprintOf, isSameSaid } from '../db/fingerprint.ts';
import { find, nextNumber, receive, takeUnsettled, unsettledOf, type Received } from '../db/inbox.ts';
import type { Pack } from '../domain/pack.ts';
import { placesNamed } from '../domain/place.ts';
import { dateOf, dayOf, type Instant } from '../domain/time.ts';
import { attachNamed } from './attached.ts';
import { withStanding } from './absences.ts';
import { withAliases } from './aliases.ts';
import { carry, replyOf, type Carrier, type Opening } from './carry.ts';
import { bulkDoor, startWaiting } from './bulk/jobs.ts';
import { isChange, readChange, type Pin } from './change.ts';
import { checkOpening, compose, sameBy, type Said } from './compose.ts';
import type { Engine } from './decide.ts';
import { EDITION } from '../domain/case/edition.ts';
import { unfresh } from './fresh.ts';
import { InFlight } from './in-flight.ts';
import { checkLicence } from './licensed.ts';
import { openerAt, withPlaces } from './placed.ts';
import { recordInOrder } from './record.ts';
import type { RuleBook } from './rule-book.ts';
import { KeyReused, NotFound, StoreAway, type Desk, type OpenCommand, type Reply, type SubmitCommand } from './types.ts';
import { forgeriesIn } from './vouch.ts';

export interface DeskOptions {
  readonly db: Db;
  readonly engine: Engine;
  /** An opening goes by the version in force when it is received, everything after it by the case's own. */
  readonly rules: RuleBook;
  readonly sealKey: Buffer;
  /** Keys that sealed earlier messages: still the desk's own. */
  readonly formerSealKeys?: readonly Buffer[];
  /** The desk's clock: the host's, or in the lab the story's. */
  readonly clock?: () => Instant;
  readonly messageCap?: number;
  /** Decisions in flight per case and process. */
  readonly inFlightCap?: number;
  /** Where the console shows a case; the number is appended. */
  readonly links?: string;
  /** Called between receive, decide, record and answer: for tests that stop the process there. */
  readonly between?: Carrier['between'];
}

/** A case refuses its 1,000th message: well below the server's 2,000 updates and 51,200 events. */
const MESSAGE_CAP = 1_000;
const IN_FLIGHT_CAP = 4;
const SWEEP_AT_ONCE = 20;

export function createDesk(options: DeskOptions): Desk {
  const { db, engine, rules, sealKey, clock = Date.now, messageCap = MESSAGE_CAP, links } = options;
  const sealKeys = [sealKey, ...(options.formerSealKeys ?? [])];
  const carrier: Carrier = { db, engine, rules, sealKeys, ...(options.between === undefined ? {} : { between: options.between }) };
  const inFlight = new InFlight(options.inFlightCap ?? IN_FLIGHT_CAP);

  async function open(command: OpenCommand): Promise<Reply> {
    const { attached = [], byCase, ...filled } = command;
    const said: Said = { ...filled, step: 'open' };
    const same = sameBy('', said, `${command.pack} ${command.kind}`);
    const known = await store(() => find(db, command.key));
    if (known !== undefined) return again(known, same);
    const receivedAt = clock();
    const { pack, calendar } = await store(() => rules.active(command.pack, receivedAt));
    const kind = pack.kinds[command.kind];
    if (kind === undefined) throw new NotFound(`pack ${pack.id} has no kind ${command.kind}`);
    const number = await store(() => nextNumber(db, pack.numberPrefix, dateOf(dayOf(receivedAt)).slice(0, 4)));
    const named = placesNamed(said.form);
    const who = byCase ? said.who : await store(() => openerAt(db, pack, command.kind, said.who, named));
    const here = { ...said, who };
    const { workflow } = kind;
    const frame = {
      number,
      kind: command.kind,
      rules: pack.rules,
      calendar,
      messageCap,
      edition: EDITION,
      ...(links === undefined ? {} : { links }),
    };
    const { message, documents, files } = compose(pack, number, await store(() => withAliases(db, pack, here)), receivedAt, sealKey, {
      frame: { workflow, ...frame },
    });
    checkOpening(message, pack);
    await store(() => checkLicence(db, number, { key: command.key, facts: message.facts, form: said.form }, receivedAt));
    await store(() => attachNamed(db, number, files, { documents, by: said.who.person, at: receivedAt }));
    const opening: Opening = { workflow, input: { ...frame, opening: message } };
    return accept(
      {
        key: command.key,
        number,
        step: 'open',
        mode: 'update',
        command: opening,
        fingerprint: await store(() => fingerprintOf(db, same)),
        person: command.who.person,
        receivedAt,
        signedIn: command.who.signedIn,
      },
      [...documents, ...attached],
      same,
    );
  }

  async function submit(command: SubmitCommand): Promise<Reply> {
    const { number, key } = command;
    // How long the sender waits is no part of what is said: the same key may be asked again either way.
    const { async, attached = [], ...said } = command;
    // A case is opened once, by its own request.
    if (said.step === 'open') throw new NotFound('a case that is open is not opened again');
    const same = sameBy(number, said, 'submit');
    const receivedAt = clock();
    const pin = await store(() => pinOf(number));
    const pack = await store(() => packOf(pin, receivedAt));
    const { step, form } = said;
    const change = isChange(step) ? await store(() => readChange(rules, pin, pack, { step, form }, receivedAt)) : undefined;
    const known = await store(() => withStanding(db, { pack: pack.id, number }, said, receivedAt));
    const told = await store(() => withPlaces(db, pack.id, known, pin.places));
    const { message, documents, files } = compose(pack, number, await store(() => withAliases(db, pack, told)), receivedAt, sealKey, {
      change,
    });
    const notFresh = await store(() =>
      unfresh(db, pack, { number, step, task: said.task, facts: message.facts }, said.who.signedIn, receivedAt),
    );
    if (notFresh !== undefined) {
      // What was received while the sign-in was fresh is answered as it was then.
      const before = await store(() => find(db, key));
      if (before === undefined) throw notFresh;
      return again(before, same);
    }
    await store(() => checkLicence(db, number, { key, facts: message.facts, form }, receivedAt));
    await store(() => attachNamed(db, number, files, { documents, by: said.who.person, at: receivedAt }));
    const { records: _, ...signalled } = message;
    const mode = async ? ('signal' as const) : ('update' as const);
    const row = {
      key,
      number,
      step: command.step,
      mode,
      command: async ? signalled : message,
      fingerprint: await store(() => fingerprintOf(db, same)),
      person: command.who.person,
      receivedAt,
      signedIn: command.who.signedIn,
      restsOn: {
        delegation: (message.actor.for ?? []).flatMap(({ delegation }) => delegation?.id ?? []),
        emergency: (message.actor.emergency ?? []).map(({ id }) => id),
      },
    };
    return inFlight.run<Reply>(
      number,
      () => accept(row, [...documents, ...attached], same).catch((error: unknown) => overReply(error, number)),
      () => ({ status: 'refused', number, code: 'too-many-in-flight' }),
    );
  }

  async function accept(row: Parameters<typeof receive>[1], documents: Parameters<typeof receive>[2], same: string): Promise<Reply> {
    const received = await store(() => receive(db, row, documents));
    if (!received.fresh) return again(received, same);
    return onward(received);
  }

  /** The key is known: the first outcome, or the first request joined. */
  async function again(row: Received, same: string): Promise<Reply> {
    if (!(await store(() => isSameSaid(db, row, same)))) throw new KeyReused(`key ${row.key} was used for another request`);
    return onward(row);
  }

  /** Received is received: from here on a database that goes away makes the answer late, not lost. */
  async function onward(row: Received): Promise<Reply> {
    try {
      return await carry(carrier, row);
    } catch (error) {
      if (isAway(error)) return { status: 'received', number: row.number, key: row.key };
      throw error;
    }
  }

  /** The version a case is pinned to. One opened before versions were stored goes by what its pack says now. */
  async function packOf({ id, hash }: Pin, at: Instant): Promise<Pack> {
    try {
      return await rules.pinned(hash);
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
      return (await rules.active(id, at)).pack;
    }
  }

  /** A case is known from its file, or from its opening while that waits to be decided. */
  async function pinOf(number: string): Promise<Pin & { readonly places: readonly string[] }> {
    const file = await db
      .selectFrom('case_file')
      .select(['pack_id as id', 'pack_hash as hash', 'kind', 'places', sql<Pin['calendar']>`state -> 'calendar'`.as('calendar')])
      .where('number', '=', number)
      .executeTakeFirst();
    if (file !== undefined) return file;
    const row = await db
      .selectFrom('inbox')
      .select(['command', sql<string[]>`places_with(places_named(command #> '{input,opening,facts}'))`.as('places')])
      .where('case_number', '=', number)
      .where('step', '=', 'open')
      .executeTakeFirst();
    if (row === undefined) throw new NotFound(`no case ${number}`);
    const { rules: opened, calendar, kind } = (row.command as Opening).input;
    return { id: opened.id, hash: opened.hash, kind, calendar: { id: calendar.id, version: calendar.version }, places: row.places };
  }

  async function sweep(): Promise<number> {
    await startWaiting({ db, engine });
    const rows = await takeUnsettled(db, SWEEP_AT_ONCE);
    const replies = await Promise.allSettled(rows.map((row) => carry(carrier, row)));
    return replies.filter((r) => r.status === 'fulfilled' && r.value.status !== 'received').length;
  }

  async function statusOf(key: string): Promise<Reply | undefined> {
    const row = await store(() => find(db, key));
    if (row === undefined) return undefined;
    return row.outcome === undefined ? { status: 'received', number: row.number, key } : replyOf(row.number, row.outcome);
  }

  const record: Desk['record'] = (batch) =>
    recordInOrder(db, engine.client, batch, ({ number, events }) => forgeriesIn(db, sealKeys, number, events));

  return { open, submit, record, statusOf, sweep, bulk: bulkDoor({ db, engine }) };
}

/** What it would rest on ended between the look and the receipt: nothing was received, and another look shows what is left. */
function overReply(error: unknown, number: string): Reply {
  if (error instanceof AuthorityOver) return { status: 'refused', number, code: `${error.what}-over` };
  throw error;
}

/** Carries the open inbox rows of one case, oldest first: what a dead sender promised to record. */
export async function carryCase(carrier: Carrier, number: string): Promise<void> {
  for (const row of await unsettledOf(carrier.db, number)) await carry(carrier, row);
}

async function store<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isAway(error)) throw new StoreAway('the database does not answer', { cause: error });
    throw error;
  }
}
