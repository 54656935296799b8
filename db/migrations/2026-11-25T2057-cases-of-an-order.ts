/** Cases by the order that their opening names. */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`create index case_file_order on case_file ((state #>> '{answers,open,order}'), opened_at desc, number desc)
    where state #>> '{answers,open,order}' is not null`.execute(db);
}
