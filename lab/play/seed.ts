/** Puts into the store what is so before the story begins. */
import { accounts } from '../../domain/ledger/account.ts';
import type { Db } from '../../db/database.ts';
import { putEntry } from '../../db/entries.ts';
import { loadRegisters } from '../../packs/registers/load.ts';
import type { Given } from '../story.ts';

/** @param owner a connection that may write master data */
export async function seed(owner: Db, pack: string, given: Given): Promise<void> {
  const { units, retention } = given;
  await seedAbsences(owner, pack, given);
  const def = loadRegisters().get('units')!;
  for (const { id: code, ...unit } of units) await putEntry(owner, { def, body: { code, ...unit }, person: 'lab', at: Date.now() });
  if (retention === undefined || retention === 0) return;
  const each = new Set(units.map((unit) => accounts.retention(unit.builder, unit.building)));
  await owner
    .insertInto('ledger_entry')
    .values([...each].map((account) => ({ account, amount: retention, case_number: null, effect: `lab:${account}` })))
    .execute();
}

/** Who stands in for whom is asked of the store's people, so those of the story are put there. */
async function seedAbsences(owner: Db, pack: string, { people, absences }: Given): Promise<void> {
  if (absences.length === 0) return;
  const persons = Object.keys(people).map((id) => ({ id, name: id }));
  const roles = Object.entries(people).flatMap(([person, theirs]) => theirs.map((role) => ({ person, pack_id: pack, role })));
  await owner.insertInto('person').values(persons).execute();
  await owner.insertInto('person_role').values(roles).execute();
  await owner
    .insertInto('absence')
    .values(
      absences.map(({ person, substitute, from, until, role }, i) => ({
        person,
        substitute,
        starts_at: new Date(from),
        ends_at: new Date(until),
        ...(role === undefined ? {} : { pack_id: pack, role }),
        key: `lab-${i}`,
        entered_by: person,
        entered_at: new Date(from),
      })),
    )
    .execute();
}
