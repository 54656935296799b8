/** What-if over many recorded cases: every branch told through the desk, then copied under new numbers. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { candidateOf } from '../../whatif/candidate.ts';
import { whatIf } from '../../whatif/run.ts';
import { stories, type Story } from '../histories/stories.ts';
import type { Stage } from './stage.ts';

const DAY_MS = 86_400_000;
/** Their forms name times counted from when the file was loaded, which the steps of a later telling do not follow. */
const givenTimes = ['extended-with-consent', 'builder-absent-after-invitation'];

/** Seconds of one run over `cases` cases of a candidate that changes deadlines and tiers, the audit included; reading and judging. */
export async function timeWhatIf(stage: Stage, cases: number) {
  const told: string[] = [];
  for (const story of stories.filter(({ name, cancel }) => cancel !== true && !givenTimes.includes(name)))
    told.push(await tell(stage, story));
  const events = await copy(stage, told, cases);
  const candidate = await candidateOf({ pack: 's3-cs19', set: ['limits.survey.n=2', 'tiers.estimate.sum=item'] })(stage.db);
  const began = performance.now();
  const report = await whatIf(stage.db, { candidate, against: 's3-cs19', asOf: Date.now() });
  const whatIfSeconds = (performance.now() - began) / 1_000;
  if (report.cases < cases || report.audit.different.length > 0)
    throw new Error(`what-if: ${report.cases} cases, ${report.audit.different.length} of them not as recorded`);
  return { whatIfSeconds, whatIfCases: report.cases, whatIfEvents: events };
}

async function tell({ desk }: Stage, story: Story): Promise<string> {
  const who = (role: string) => ({ person: role, roles: [role] });
  const dated = (daysAgo?: number) => (daysAgo === undefined ? {} : { occurredAt: Date.now() - daysAgo * DAY_MS });
  const form = { channel: 'hotline', ...(story.kind === 'other' ? {} : { provisionalEstimate: '800.00' }), ...story.open };
  const { number } = await desk.open({
    key: randomUUID(),
    who: who('recordsClerk'),
    pack: 's3-cs19',
    kind: story.kind ?? 'repair',
    form,
    ...dated(story.daysAgo),
  });
  for (const [role, step, facts, { daysAgo } = {}] of story.steps) {
    const reply = await desk.submit({
      key: randomUUID(),
      who: who(role),
      number,
      step,
      form: facts,
      ...dated(daysAgo === undefined ? undefined : daysAgo - 0.01),
    });
    if (reply.status !== 'decided') throw new Error(`${story.name}, ${step}: ${JSON.stringify(reply)}`);
  }
  return number;
}

/** Until there are `cases` of them; returns how many events that makes. */
async function copy({ db }: Stage, told: readonly string[], cases: number): Promise<number> {
  const copies = Math.ceil(cases / told.length) - 1;
  return db.transaction().execute(async (trx) => {
    await sql`set local statement_timeout = 0`.execute(trx);
    await sql`insert into event (case_number, seq, kind, occurred_at, recorded_at, person, clause, key, body, prev_hash, hash)
      select case_number || '-' || n, seq, kind, occurred_at, recorded_at, person, clause, key,
        case kind when 'opened' then jsonb_set(body, '{data,number}', to_jsonb(case_number || '-' || n)) else body end, prev_hash, hash
      from event, generate_series(1, ${copies}::int) n where case_number = any(${[...told]}::text[])`.execute(trx);
    await sql`insert into case_file select (jsonb_populate_record(file, jsonb_build_object('number', number || '-' || n))).*
      from case_file file, generate_series(1, ${copies}::int) n where number = any(${[...told]}::text[])`.execute(trx);
    const { rows } = await sql<{ n: number }>`select count(*)::int n from event e join case_file f on f.number = e.case_number
      where f.pack_id = 's3-cs19'`.execute(trx);
    return rows[0]?.n ?? 0;
  });
}
