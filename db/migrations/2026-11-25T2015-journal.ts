import { sql, type Kysely } from 'kysely';

/**
 * What is recorded beside the cases: refusals, and who has read personal data. One chain a day and kind, so that nobody waits for
 * anybody's decision. The function takes the chain's lock, reads its end and appends, in one round trip; each of its statements
 * sees what was committed before it.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('journal')
    .addColumn('chain', 'text', (c) => c.notNull())
    .addColumn('seq', 'integer', (c) => c.notNull())
    .addColumn('at', 'timestamptz(3)', (c) => c.notNull())
    .addColumn('person', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('prev_hash', 'text', (c) => c.notNull())
    .addColumn('hash', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('journal_pk', ['chain', 'seq'])
    .execute();
  await sql`create index journal_person on journal (person, at)`.execute(db);
  await sql`
    create function append_journal(_chain text, _at timestamptz, _person text, _body text) returns integer language plpgsql as $$
    declare last_seq integer; last_hash text;
    begin
      perform pg_advisory_xact_lock(hashtextextended('journal ' || _chain, 0));
      select seq, hash into last_seq, last_hash from journal where chain = _chain order by seq desc limit 1;
      last_seq := coalesce(last_seq, 0);
      last_hash := coalesce(last_hash, repeat('0', 64));
      insert into journal values (_chain, last_seq + 1, _at, _person, _body, last_hash,
        encode(sha256(convert_to(last_hash || E'\n' || _chain || E'\n' || _body, 'UTF8')), 'hex'));
      return last_seq + 1;
    end $$`.execute(db);
  await sql`create trigger journal_append_only before update or delete or truncate on journal
    for each statement execute function refuse_change()`.execute(db);
  await sql`grant select, insert on journal to redress_app`.execute(db);
}
