/**
 * Entries that are there already are found as new ones are: by pairs, fours and eights of their words and their id, and by its first
 * character; units that came from the table before registers by their building and estate.
 */
import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`update entry set search_text = lower(regexp_replace(body ->> 'building', '[^[:alnum:]]', '', 'g'))
    where register = 'units' and written_by = 'migration' and search_text = ''`.execute(db);
  await sql`insert into entry_gram (register, gram, id)
    select register, 'estate=' || (body ->> 'estate'), id from entry where register = 'units' and written_by = 'migration'
    on conflict do nothing`.execute(db);
  await sql`insert into entry_gram (register, gram, id)
    with words as (
      select register, id, unnest(string_to_array(search_text, chr(10))) as word from entry
      union all
      select register, id, lower(regexp_replace(id, '[^A-Za-z0-9]', '', 'g')) from entry
    )
    select register, substr(word, i, size), id from words
      cross join unnest(array[2, 4, 8]) size
      cross join lateral generate_series(1, length(word) - size + 1) i
    union
    select register, '^' || lower(left(regexp_replace(id, '[^A-Za-z0-9]', '', 'g'), 1)), id from entry
    on conflict do nothing`.execute(db);
}
