/** Forms filed in a case: which event filed which document. */
import { sql } from 'kysely';
import type { AnyEvent } from '../../domain/case/event.ts';
import type { Db } from '../database.ts';
import { nameAsSigned } from '../signing.ts';
import { withForms } from './documents.ts';

export interface Filing {
  readonly seq: number;
  readonly event: AnyEvent;
  readonly hash: string;
  readonly name: string | null;
}

/** Every event of the case that files a form, in order; at most as many as a case takes messages. */
export async function filingsOf(db: Db, number: string): Promise<Filing[]> {
  const rows = await db
    .selectFrom('event')
    .select(['event.seq', 'event.body', sql<string>`event.body -> 'data' ->> 'documentHash'`.as('hash')])
    .select(nameAsSigned(sql.ref('event.person'), 'event.key', 'event.recorded_at').as('name'))
    .where('event.case_number', '=', number)
    .where(sql<boolean>`event.body -> 'data' ? 'documentHash'`)
    .orderBy('event.seq')
    .execute();
  return rows.map(({ seq, body, hash, name }) => ({ seq, event: body, hash, name }));
}

/** Forms by hash, empty where their subject was erased; only of hashes that `filingsOf` gave. */
export async function formsByHash(db: Db, hashes: readonly string[]): Promise<ReadonlyMap<string, Record<string, unknown>>> {
  if (hashes.length === 0) return new Map();
  const rows = await db
    .selectFrom('document')
    .select(['hash', 'body', 'subject'])
    .where('hash', 'in', [...new Set(hashes)])
    .execute();
  return new Map((await withForms(db, rows)).map(({ hash, form }) => [hash, form]));
}
