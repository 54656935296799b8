/** The people of the other procedures: one invented login for each role of each pack, so that every procedure can be tried. */
import { listPacks, loadPack } from '../../packs/load.ts';
import type { DemoPerson } from './people.ts';

/** Packs whose people the demo company has already. */
const PEOPLED: readonly string[] = ['s3-cs19', 's3-cs19-demo', 's1-eval'];

/** `s2-cement.market`: the role of that pack, and nothing else. */
export function neighbours(): DemoPerson[] {
  return listPacks()
    .filter((id) => !PEOPLED.includes(id))
    .flatMap((id) =>
      loadPack(id).roles.map((role): DemoPerson => ({
        person: `${id}.${role.id}`,
        name: role.zh,
        roles: [],
        elsewhere: { pack: id, role: role.id },
      })),
    );
}
