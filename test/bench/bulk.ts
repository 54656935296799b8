/**
 * Ten thousand open cases go on by a year that was loaded: on servers of its own, by a worker that is killed when a third is
 * done, and another that goes on. Each case must be touched once.
 */
import { randomUUID } from 'node:crypto';
import { fork, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { setTimeout as pause } from 'node:timers/promises';
import { sql } from 'kysely';
import { growCalendar } from '../../db/calendars.ts';
import { countsOf, jobById } from '../../db/read/bulk.ts';
import { ruleBook } from '../../runtime/packs.ts';
import { createDesk } from '../../desk/index.ts';
import { fullCalendar, sparseCalendar } from '../support/calendars.ts';
import { QUEUE, setServers, type Servers } from './stage.ts';
import { testSealKey } from '../support/seal.ts';

export interface BulkFigures {
  readonly bulkCases: number;
  /** From the asking to the last case, the kill and the new worker included. */
  readonly bulkSeconds: number;
  readonly bulkDoneAtTheKill: number;
  /** Open cases that were not re-based, and those that were more than once. */
  readonly bulkLost: number;
  readonly bulkTwice: number;
}

const IN_FLIGHT = 40;

export async function benchBulk(cases: number, say: (line: string) => void): Promise<BulkFigures> {
  const servers = await setServers();
  let worker = startWorker(servers);
  try {
    const { db, client } = servers;
    const book = ruleBook(db);
    const engine = { client, taskQueue: QUEUE, answerWithinMs: 60_000 };
    const rules = { ...book, active: async (id: string, at: number) => ({ ...(await book.active(id, at)), calendar: sparseCalendar }) };
    const desk = createDesk({ db, engine, rules, sealKey: testSealKey });
    say(`opening ${cases} cases …`);
    await openCases(desk.open, cases);
    const calendar = fullCalendar(3);
    await growCalendar(db, 'cn', { person: 'bench', at: Date.now() }, () => calendar);
    const id = randomUUID();
    const began = performance.now();
    say('the year is loaded …');
    await desk.bulk.ask({ id, kind: 'calendar', calendar, person: 'bench', roles: [], confirmed: true, at: Date.now() });
    await until(async () => (await countsOf(db, id)).changed >= cases / 3);
    await killed(worker);
    const bulkDoneAtTheKill = (await countsOf(db, id)).changed;
    say(`killed after ${bulkDoneAtTheKill}, another worker goes on …`);
    worker = startWorker(servers);
    await until(async () => (await jobById(db, id))?.status === 'done');
    const bulkSeconds = Math.round((performance.now() - began) / 100) / 10;
    const { rows } = await sql<{ lost: string; twice: string }>`
      select count(*) filter (where n = 0) as lost, count(*) filter (where n > 1) as twice from (
        select (select count(*) from event e where e.case_number = f.number and e.kind = 'rebased') as n from case_file f) counted`.execute(
      db,
    );
    return { bulkCases: cases, bulkSeconds, bulkDoneAtTheKill, bulkLost: Number(rows[0]?.lost), bulkTwice: Number(rows[0]?.twice) };
  } finally {
    await killed(worker);
    await servers.close();
  }
}

async function openCases(open: ReturnType<typeof createDesk>['open'], cases: number): Promise<void> {
  let left = cases;
  const one = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const form = { channel: 'hotline' };
      await open({ key: randomUUID(), who: { person: 'clerk', roles: ['recordsClerk'] }, pack: 's3-cs19', kind: 'other', form });
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, one));
}

function startWorker({ databaseUrl: url, address }: Servers): ChildProcess {
  const program = fileURLToPath(new URL('../support/worker-process.ts', import.meta.url));
  return fork(program, [JSON.stringify({ url, address, taskQueue: QUEUE })]);
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await gone;
}

async function until(what: () => Promise<boolean>): Promise<void> {
  while (!(await what())) await pause(200);
}
