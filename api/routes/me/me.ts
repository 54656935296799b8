/** GET /api/me */
import { z } from 'zod';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { me } from '../../plugins/auth.ts';
import type { Routes } from '../routes.ts';

const described: Described = { id: 'getMe', tag: 'me', summary: 'Who is signed in, with which roles' };
const role = z.object({ id: z.string(), zh: z.string(), en: z.string() });
const meSchema = z.object({ person: z.string(), name: z.string(), packs: z.array(z.object({ pack: z.string(), roles: z.array(role) })) });

export const meRoute: Routes = async (app, { packs }) => {
  app.get('/api/me', { schema: { ...about(described), response: { 200: meSchema, ...problemsOf(described) } } }, (request) => {
    const { person, name, packs: held } = me(request);
    const named = (pack: string, id: string) => {
      const { zh = id, en = id } = packs.find(pack)?.pack.roles.find((r) => r.id === id) ?? {};
      return { id, zh, en };
    };
    return { person, name, packs: Object.entries(held).map(([pack, roles]) => ({ pack, roles: roles.map((id) => named(pack, id)) })) };
  });
};
