/** Puts packs into the store. A pack's standing changes by the case that approves or withdraws it, not here. */
import { sql } from 'kysely';
import { canonicalJson } from '../domain/canonical.ts';
import type { Pack } from '../domain/pack.ts';
import type { Db, Trx } from './database.ts';
import { sha256 } from './hash.ts';

/** What a first version is in force from: since ever, so that no clock is too early for it. */
const SINCE_EVER = new Date(0);

/**
 * Puts in the packs of a release, once, whatever number of processes start at the same time. The first version of an id
 * is in force at once; a later one waits, proposed, for its approval. Returns a sentence for each that was refused: the
 * same version with other content. What is in force stays so.
 */
export async function stockPacks(db: Db, packs: readonly Pack[]): Promise<string[]> {
  return db.transaction().execute(async (trx) => {
    await lockVersions(trx);
    const refused: string[] = [];
    for (const pack of packs) {
      const complaint = await stock(trx, pack);
      if (complaint !== undefined) refused.push(complaint);
    }
    return refused;
  });
}

/** What changes the standing of versions does so one at a time. */
export async function lockVersions(trx: Trx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('pack_version', 0))`.execute(trx);
}

/** The hash that the content of a pack has: over all of it but the hash. */
export function hashOfPack({ hash: _pack, rules: { hash: _rules, ...rules }, ...rest }: Pack): string {
  return sha256(canonicalJson({ ...rest, rules }));
}

async function stock(trx: Trx, pack: Pack): Promise<string | undefined> {
  const known = await trx.selectFrom('pack_version').select(['hash', 'version', 'status']).where('id', '=', pack.id).execute();
  if (known.some(({ hash }) => hash === pack.hash)) return undefined;
  const other = known.find(({ version, status }) => version === pack.version && status !== 'rejected');
  if (other !== undefined)
    return (
      `The pack ${pack.id} of this release says it is version ${pack.version}, but differs from the version ${pack.version} that is stored ` +
      `(${pack.hash.slice(0, 12)} against ${other.hash.slice(0, 12)}): it is not taken in. Give the changed pack a new version.`
    );
  const first = known.length === 0;
  await trx
    .insertInto('pack_version')
    .values({
      hash: pack.hash,
      id: pack.id,
      version: pack.version,
      content: JSON.stringify(pack),
      status: first ? 'active' : 'proposed',
      active_from: first ? SINCE_EVER : null,
    })
    .execute();
  return undefined;
}
