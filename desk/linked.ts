/** A case that another case opens: through the same door as everybody, once, however often it is tried. */
import type { LinkedOpening } from '../workflows/kit/ports.ts';
import type { Desk } from './types.ts';

/**
 * Opens the linked case and says its number. @throws when it is not decided yet (try again: the key is the same), or
 * when the desk refuses it, which trying again does not change
 */
export async function openLinked(desk: Pick<Desk, 'open'>, opening: LinkedOpening): Promise<string> {
  const { number, ordinal, pack, kind, form, by, occurredAt } = opening;
  const reply = await desk.open({
    key: `link:${number}:${kind}:${ordinal}`,
    who: { person: by.person, roles: [by.role] },
    pack,
    kind,
    form,
    occurredAt,
  });
  if (reply.status === 'decided') return reply.number;
  throw new Error(`case ${number}: opening ${kind} is ${reply.status === 'refused' ? `refused: ${reply.code}` : 'not decided yet'}`);
}
