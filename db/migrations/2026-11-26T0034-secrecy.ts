/** Secrecy labels of records, their changes, and up to which label a person reads whatever their roles. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  // Null: what its kind or register carries.
  await sql`alter table case_file add column label text`.execute(db);
  await sql`alter table entry add column label text`.execute(db);
  // Null: that of the record they belong to.
  await sql`alter table attachment add column label text`.execute(db);
  await sql`grant update (label) on attachment to redress_app`.execute(db);
  await sql`create table document_label (case_number text not null, hash text not null, label text not null, primary key (case_number, hash))`.execute(
    db,
  );
  await sql`create table person_clearance (person text primary key references person (id), label text not null)`.execute(db);
  await sql`
    create table label_change (
      id bigint primary key generated always as identity,
      of text not null check (of in ('case', 'entry', 'document', 'attachment')),
      -- Number of a case, or <register>/<id>.
      record text not null,
      -- Hash of a document, id of an attachment; else empty.
      item text not null,
      from_label text not null,
      to_label text not null,
      reason text,
      asked_by text not null,
      asked_at timestamptz(3) not null,
      key text not null unique,
      decision text check (decision in ('approve', 'reject')),
      decided_by text,
      decided_at timestamptz(3),
      constraint label_change_second check (decided_by is null or reason is null or decided_by <> asked_by)
    )`.execute(db);
  await sql`create index label_change_record on label_change (record, id)`.execute(db);
  await sql`grant select, insert on document_label, person_clearance, label_change to redress_app`.execute(db);
  await sql`grant update on document_label, person_clearance to redress_app`.execute(db);
  await sql`grant delete on document_label, person_clearance to redress_app`.execute(db);
  await sql`grant update (decision, decided_by, decided_at) on label_change to redress_app`.execute(db);
  await sql`grant usage, select on all sequences in schema public to redress_app`.execute(db);
  // Of what a paper on the whole case may show.
  await sql`
    create function paper_labels(number text) returns text[] language sql stable as $$
      select coalesce(array_agg(distinct label), '{}') from (
        select label from document_label where case_number = number
        union all select label from attachment where case_number = number and label is not null) own $$`.execute(db);
}
