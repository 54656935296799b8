/** Setting a password: one's own with the old one, or by a one-time link. */
import { z } from 'zod';
import { setPassword } from '../../../db/accounts.ts';
import { linkOf, useLink } from '../../../db/one-time-links.ts';
import { identityOf } from '../../../db/read/identity.ts';
import { faultOfPassword } from '../../../domain/password.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { me } from '../../plugins/auth.ts';
import { checkOrigin } from '../../plugins/origin.ts';
import { logEvent } from '../../plugins/security-log.ts';
import { Problem } from '../../problems/problem.ts';
import { instant } from '../../schemas/common.ts';
import { passwordIn } from '../../schemas/sign-in.ts';
import { begin } from '../../sign-in/begin.ts';
import { recognise } from '../../sign-in/doors.ts';
import { checkPassword } from '../../sign-in/check-password.ts';
import { isCommonPassword } from '../../sign-in/common-passwords.ts';
import { hashPassword } from '../../sign-in/password.ts';
import { hashSecret } from '../../sign-in/secret.ts';
import type { Routes } from '../routes.ts';

const tag = 'sign-in';
const change: Described = {
  id: 'changePassword',
  tag,
  summary: 'Change my password',
  description: 'Every other session of mine ends, and every token unless `keepTokens` is set.',
  problems: ['sign-in-failed', 'bad-password', 'bad-json'],
};
const use: Described = {
  id: 'useOneTimeLink',
  tag,
  summary: 'Set a password by a one-time link, and be signed in',
  description:
    'The link’s secret is what follows `#` in its address: browsers do not send that to anybody. Every session and token of the person ends.',
  public: true,
  problems: ['link-used', 'bad-password', 'foreign-origin', 'bad-json'],
};

export const passwordRoutes: Routes = async (app, { db, clock, config }) => {
  app.post(
    '/api/password',
    {
      schema: {
        ...about(change),
        body: z.strictObject({
          old: passwordIn,
          new: passwordIn,
          keepTokens: z.boolean().default(false).describe('Whether programs go on by the tokens that they have'),
        }),
        response: { 200: z.object({ changed: z.literal(true) }), ...problemsOf(change) },
      },
      config: { rateLimit: { max: 30, timeWindow: '1 minute' } },
    },
    async (request, reply) => {
      const { person, name } = me(request);
      await checkPassword(db, request, person, request.body.old, clock());
      check(request.body.new, [person, name]);
      const { session } = request;
      const passwordHash = await hashPassword(request.body.new);
      const { keepTokens } = request.body;
      const kept = { keepTokens, ...(session === undefined ? {} : { keep: session.id }) };
      await db.transaction().execute((trx) => setPassword(trx, { person, passwordHash, at: clock(), ...kept }));
      await recognise(db, request, reply, person, clock());
      logEvent(request, 'password-set');
      return { changed: true as const };
    },
  );
  app.post(
    '/api/one-time-links/use',
    {
      schema: {
        ...about(use),
        body: z.strictObject({ secret: z.string().regex(/^[A-Za-z0-9_-]{43}$/), password: passwordIn }),
        response: { 201: z.object({ person: z.string(), endsAt: instant }), ...problemsOf(use) },
      },
      config: { rateLimit: { max: 30, timeWindow: '1 minute' } },
    },
    async (request, reply) => {
      if (request.headers.origin !== undefined) checkOrigin(request, config.publicUrl);
      const hash = hashSecret(request.body.secret);
      const at = clock();
      const person = await linkOf(db, hash, at);
      const identity = person === undefined ? undefined : await identityOf(db, person, at);
      if (identity === undefined) throw new Problem('link-used');
      check(request.body.password, [identity.person, identity.name]);
      const passwordHash = await hashPassword(request.body.password);
      await db.transaction().execute(async (trx) => {
        if ((await useLink(trx, hash, at)) === undefined) throw new Problem('link-used');
        await setPassword(trx, { person: identity.person, passwordHash, at });
      });
      logEvent(request, 'password-set', { person: identity.person, how: 'link' });
      return begin(db, request, reply, { person: identity.person, how: 'link', at });
    },
  );
};

function check(password: string, not: readonly string[]): void {
  const fault = faultOfPassword(password, not);
  if (fault !== undefined) throw new Problem('bad-password', fault);
  if (isCommonPassword(password))
    throw new Problem('bad-password', {
      zh: '此密码见于已泄露密码,请换一个。',
      en: 'This password is among those that were breached; choose another.',
    });
}
