/** Versions of the shipped packs that a test makes up. */
import type { Db } from '../../db/database.ts';
import type { Pack } from '../../domain/pack.ts';
import { seal, unseal } from '../../packs/build.ts';
import { loadPack } from '../../packs/load.ts';

/** A shipped pack under another version string, its rules changed as told. */
export function versionOf(
  id: string,
  version: string,
  change: (pack: ReturnType<typeof unseal>) => ReturnType<typeof unseal> = (p) => p,
): Pack {
  const content = unseal(loadPack(id));
  return seal(change({ ...content, version, rules: { ...content.rules, version } }));
}

/** S3-CS19 with a survey within so many working days, and another name for the survey. */
export const surveyWithin = (version: string, n: number): Pack =>
  versionOf('s3-cs19', version, (pack) => ({
    ...pack,
    steps: { ...pack.steps, survey: { ...pack.steps['survey']!, zh: `勘察${n}日`, en: `survey in ${n}` } },
    rules: { ...pack.rules, limits: { ...pack.rules.limits, survey: { ...pack.rules.limits['survey']!, n } as never } },
  }));

/** Puts a version into force at once, as its approval does. */
export async function putIntoForce(db: Db, { id, version, hash, ...pack }: Pack): Promise<void> {
  const content = JSON.stringify({ id, version, hash, ...pack });
  await db.insertInto('pack_version').values({ hash, id, version, content, status: 'active', active_from: new Date() }).execute();
}
