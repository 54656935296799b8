/** A case that another case opens: through the same door as everybody, once, however often it is tried. */
import type { Linked, LinkedOpening } from '../workflows/kit/ports.ts';
import { ownKey } from './own-key.ts';
import { FormError, KeyReused, NotFound, type Desk, type Reply } from './types.ts';

/**
 * Opens the linked case and says its number, or why the desk will never take it: trying again does not change that.
 * @throws when it is not decided yet (try again: the key is the same)
 */
export async function openLinked(desk: Pick<Desk, 'open'>, opening: LinkedOpening): Promise<Linked> {
  const { number, kind } = opening;
  const reply = await ask(desk, opening);
  if ('refused' in reply) return reply;
  if (reply.status === 'decided') return { number: reply.number };
  if (reply.status === 'refused') return { refused: reply.code };
  throw new Error(`case ${number}: opening ${kind} is not decided yet`);
}

async function ask(desk: Pick<Desk, 'open'>, opening: LinkedOpening): Promise<Reply | { readonly refused: string }> {
  const { number, ordinal, pack, kind, form, by, occurredAt } = opening;
  const key = ownKey('link', number, kind, ordinal);
  try {
    return await desk.open({ key, who: { person: by.person, roles: [by.role] }, pack, kind, form, occurredAt, byCase: true });
  } catch (error) {
    if (error instanceof FormError || error instanceof NotFound || error instanceof KeyReused) return { refused: error.message };
    throw error;
  }
}
