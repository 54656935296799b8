/** GET /api/me */
import { z } from 'zod';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { me } from '../../plugins/auth.ts';
import { onlyView, placesOfRoles } from '../../schemas/common.ts';
import type { Pack } from '../../../domain/pack.ts';
import type { Routes } from '../routes.ts';

const described: Described = { id: 'getMe', tag: 'me', summary: 'Who is signed in, with which roles' };
const role = z.object({ id: z.string(), zh: z.string(), en: z.string() });
const meSchema = z.object({
  person: z.string(),
  name: z.string(),
  packs: z.array(z.object({ pack: z.string(), roles: z.array(role) })),
  only: placesOfRoles,
});

export const meRoute: Routes = async (app, { rules, clock }) => {
  app.get('/api/me', { schema: { ...about(described), response: { 200: meSchema, ...problemsOf(described) } } }, async (request) => {
    const { person, name, packs: held, only } = me(request);
    const packs = Object.entries(held).map(async ([pack, roles]) => {
      const latest = await rules.latest(pack, clock());
      return { pack, roles: roles.map((id) => named(latest, id)) };
    });
    return { person, name, packs: await Promise.all(packs), only: onlyView(only) };
  });
};

function named(pack: Pack | undefined, id: string) {
  const { zh = id, en = id } = pack?.roles.find((r) => r.id === id) ?? {};
  return { id, zh, en };
}
