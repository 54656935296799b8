/**
 * What stands beside the cases' chains is held by chains too. Of each row of the tables named here a proof is kept by the table itself
 * whenever it is written, changed or taken away: the SHA-256 of the row, in a chain of the thing it is about. The hash of an entry's
 * version, so far that of its body, is of all its columns.
 */
import { createHash } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { canonicalJson } from '../../domain/canonical.ts';

/** Columns that say what a row is about, one chain for each; none: one of 256 by its name. Then the columns that name it. */
const tables = [
  ['absence', 'person', 'id'],
  ['attachment', 'case_number,register,entry_id', 'id'],
  ['audit', 'id', 'id'],
  ['audit_issue', 'audit', 'audit'],
  ['audit_mark', 'audit', 'ordinal'],
  ['calendar_version', 'id', 'version'],
  ['consent_request', 'case_number', 'id'],
  ['customer_word', 'case_number', 'id'],
  ['delegation', 'principal', 'id'],
  ['delegation_end', 'delegation', 'delegation'],
  ['document_label', 'case_number', 'hash'],
  ['dossier', 'case_number', 'case_number'],
  ['effect_receipt', 'case_number', 'effect,ordinal'],
  ['emergency_ask', 'case_number', 'id'],
  ['emergency_end', 'ask', 'ask'],
  ['emergency_grant', 'ask', 'ask'],
  ['emergency_review', 'ask', 'ask'],
  ['entry_act', 'register,id', 'ordinal'],
  ['entry_pass', 'register,entry_id', 'ordinal'],
  ['erasure', 'subject', 'ordinal'],
  ['file', 'person', 'id'],
  ['forgery', 'case_number', 'key'],
  ['issued_print', 'case_number', 'print,ordinal'],
  ['label_change', 'record', 'id'],
  ['ledger_account', 'id', 'id'],
  ['ledger_entry', 'account', 'id'],
  ['ledger_shortfall', 'account', 'id'],
  ['oidc_identity', 'person', 'id'],
  ['pack_version', 'id', 'hash'],
  ['person_name', 'person', 'ordinal'],
  ['signing', '', 'key'],
  ['work_order', 'case_number', 'number'],
] as const;

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create table row_proof (of text not null, thing text not null, seq integer not null, named text not null, digest text not null,
    prev_hash text not null, hash text not null, constraint row_proof_pk primary key (of, thing, seq))`.execute(db);
  await sql`create index row_proof_row on row_proof (of, thing, named, seq desc)`.execute(db);
  await sql`grant select on row_proof to redress_app`.execute(db);
  await functions(db);
  for (const [table, by, named] of tables) {
    await sql`select prove_row(${table}, ${by}, ${named}, to_jsonb(t), false) from ${sql.table(table)} t`.execute(db);
    await sql`create trigger ${sql.ref(`${table}_proved`)} after insert or update or delete on ${sql.table(table)}
      for each row execute function keep_proof(${sql.lit(by)}, ${sql.lit(named)})`.execute(db);
  }
  await sql`create trigger row_proof_append_only before update or delete or truncate on row_proof
    for each statement execute function refuse_change()`.execute(db);
  await rechainEntries(db);
}

async function functions(db: Kysely<unknown>): Promise<void> {
  await sql`
    create function row_values(_row jsonb, _columns text) returns text language sql immutable as $$
      select coalesce(string_agg(_row ->> c, '/' order by n), '') from unnest(string_to_array(_columns, ',')) with ordinality as named(c, n) $$`.execute(
    db,
  );
  await sql`
    create function row_thing(_row jsonb, _by text, _named text) returns text language sql immutable as $$
      select case _by when '' then left(md5(row_values(_row, _named)), 2) else row_values(_row, _by) end $$`.execute(db);
  // Without the columns that are null: one that is added later changes no digest.
  await sql`
    create function row_digest(_row jsonb) returns text language sql immutable as $$
      select encode(sha256(convert_to(coalesce(jsonb_object_agg(key, value), '{}')::text, 'UTF8')), 'hex')
      from jsonb_each(_row) where value <> 'null' $$`.execute(db);
  await sql`
    create function row_proof_hash(_previous text, _of text, _thing text, _row text, _digest text) returns text language sql immutable as $$
      select encode(sha256(convert_to(concat_ws(E'\n', _previous, _of, _thing, _row, _digest), 'UTF8')), 'hex') $$`.execute(db);
  // Of two that append to a chain at once, the second waits at its place for the first, and takes the next one.
  await sql`
    create function prove_row(_of text, _by text, _named text, _row jsonb, _gone boolean) returns void language plpgsql as $$
    declare
      _thing text := row_thing(_row, _by, _named);
      _name text := row_values(_row, _named);
      _digest text := case when _gone then '' else row_digest(_row) end;
      last_seq integer;
      last_hash text;
    begin
      loop
        select seq, hash into last_seq, last_hash from row_proof where of = _of and thing = _thing order by seq desc limit 1;
        last_seq := coalesce(last_seq, 0);
        last_hash := coalesce(last_hash, repeat('0', 64));
        insert into row_proof values (_of, _thing, last_seq + 1, _name, _digest, last_hash,
          row_proof_hash(last_hash, _of, _thing, _name, _digest)) on conflict do nothing;
        exit when found;
        if current_setting('transaction_isolation') <> 'read committed' then
          raise exception 'somebody else has written about % % meanwhile', _of, _thing using errcode = 'serialization_failure';
        end if;
      end loop;
    end $$`.execute(db);
  // Instants and bytes as everybody writes them.
  await sql`
    create function keep_proof() returns trigger language plpgsql security definer
      set search_path = public, pg_temp set timezone = 'UTC' set bytea_output = 'hex' as $$
    begin
      if tg_op = 'DELETE' then
        perform prove_row(tg_table_name, tg_argv[0], tg_argv[1], to_jsonb(old), true);
        return old;
      end if;
      perform prove_row(tg_table_name, tg_argv[0], tg_argv[1], to_jsonb(new), false);
      return new;
    end $$`.execute(db);
  await sql`revoke all on function keep_proof() from public`.execute(db);
}

interface Version {
  readonly register: string;
  readonly id: string;
  readonly version: number;
  readonly definition: string;
  readonly person: string;
  readonly at: Date;
  readonly reason: string | null;
  readonly key: string | null;
  readonly body: string;
}

async function rechainEntries(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<Version>`select register, id, version, definition, person, at, reason, key, body
    from entry_version order by register, id, version`.execute(db);
  await sql`alter table entry_version disable trigger entry_version_append_only`.execute(db);
  let previous = '';
  for (const { register, id, version, at, ...rest } of rows) {
    if (version === 1) previous = '0'.repeat(64);
    const text = canonicalJson({ ...rest, version, at: at.getTime() });
    const hash = createHash('sha256').update(`${previous}\n${register} ${id}\n${text}`, 'utf8').digest('hex');
    await sql`update entry_version set prev_hash = ${previous}, hash = ${hash}
      where register = ${register} and id = ${id} and version = ${version}`.execute(db);
    previous = hash;
  }
  await sql`alter table entry_version enable trigger entry_version_append_only`.execute(db);
}
