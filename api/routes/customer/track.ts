/** POST /api/public/tracking */
import { z } from 'zod';
import { openConsent } from '../../../db/consent.ts';
import { progressOf } from '../../../domain/customer/progress.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { pinnedPack } from '../../http/pack.ts';
import { addressOf } from '../../http/caller-address.ts';
import { door, enter, sideOf, trackedCase } from '../../http/tracking.ts';
import { tracking } from '../../schemas/customer.ts';
import { trackingView } from '../../view/tracking.ts';
import type { Routes } from '../routes.ts';

const described: Described = {
  id: 'trackCase',
  tag: 'customer',
  public: true,
  summary: 'What a customer may know of their case; needs a tracking link and the last four digits of the telephone, no login',
  description:
    'A POST, so that the secret stands in no address. A wrong secret, a wrong tail, a link that has ended or is locked: the same 404 after the same time. Five wrong tails in a row lock a link for an hour, twenty in all end it.',
  problems: ['not-found', 'bad-json', 'body-too-large', 'unsupported-media-type'],
};

export const trackRoute: Routes = async (app, { db, rules, clock, customers }) => {
  app.post(
    '/api/public/tracking',
    {
      bodyLimit: 2_000,
      config: { rateLimit: { max: 60, timeWindow: '1 minute', keyGenerator: addressOf } },
      schema: { ...about(described), body: z.strictObject(door), response: { 200: tracking, ...problemsOf(described) } },
    },
    async (request) => {
      const { number } = await enter({ db, clock }, request.body);
      const found = await trackedCase(db, number);
      if (found === undefined) return trackingView(number, undefined);
      const { state, events } = found;
      const pack = await pinnedPack(rules, state.pack.hash);
      const progress = progressOf(state, events, sideOf(customers, pack ?? state.pack, state.kind), pack?.rules, clock());
      const asked = state.status === 'closed' ? undefined : await openConsent(db, number, state.round, clock());
      const consent = asked === undefined ? undefined : { id: asked.id, until: asked.until_at.getTime(), reason: asked.reason };
      return trackingView(number, progress, consent);
    },
  );
};
