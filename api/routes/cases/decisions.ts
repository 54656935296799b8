/** GET /api/cases/:number/decisions */
import { z } from 'zod';
import { emergenciesOf } from '../../../db/emergencies.ts';
import { note } from '../../../db/journal.ts';
import { exactTexts, signedDecisionsIn } from '../../../db/read/decisions.ts';
import { EVERY_EVENT, eventsOf } from '../../../db/read/events.ts';
import { fromCursor, page } from '../../http/cursor.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { caseFor, mayReadPaper } from '../../http/find.ts';
import { pinnedPack } from '../../http/pack.ts';
import { me } from '../../plugins/auth.ts';
import { caseNumber, next, paging } from '../../schemas/common.ts';
import { decisionWithText } from '../../schemas/decisions.ts';
import { emergencyView } from '../../view/emergency.ts';
import { decisionView, textView } from '../../view/decision.ts';
import type { Routes } from '../routes.ts';

const described: Described = {
  id: 'listDecisions',
  tag: 'cases',
  summary: 'What people have put their name to in a case: printed name, time, meaning, exact text',
  problems: ['not-found', 'bad-cursor'],
  description:
    'In the order of the record; what was voided later stays, and says by what. Hashes of texts and of the record are reckoned again for the answer.',
};
const after = z.strictObject({ seq: z.number().int() });

export const decisionsRoute: Routes = async (app, { db, rules, clock }) => {
  app.get(
    '/api/cases/:number/decisions',
    {
      schema: {
        ...about(described),
        params: z.object({ number: caseNumber }),
        querystring: z.strictObject(paging),
        response: { 200: z.object({ items: z.array(decisionWithText), next }), ...problemsOf(described) },
      },
    },
    async (request) => {
      const { number } = request.params;
      const { limit, cursor } = request.query;
      const found = await caseFor(db, request, number);
      const { state } = found;
      const from = fromCursor(after, cursor)?.seq ?? 0;
      const rest = (await signedDecisionsIn(db, number, await eventsOf(db, number, 0, EVERY_EVENT), found.veil)).filter(
        ({ event }) => event.seq > from,
      );
      const { items, next: following } = page(rest.slice(0, limit + 1), limit, ({ event }) => ({ seq: event.seq }));
      const hashes = items
        .flatMap(({ text, said }) => [text, said])
        .filter((hash) => hash !== undefined)
        .filter((hash) => mayReadPaper(request, found, found.documents[hash]));
      const texts = await exactTexts(db, hashes);
      if (texts.size > 0) {
        const what = { case: number, documents: [...texts.keys()].join(' ') };
        await note(db, { kind: 'read', at: clock(), person: me(request).person, what });
      }
      const pack = await pinnedPack(rules, state.pack.hash);
      const grants = items.some(({ event }) => event.actor?.emergency !== undefined) ? await emergenciesOf(db, number) : undefined;
      const grantOf = (id: string | undefined) => {
        const row = id === undefined ? undefined : grants?.get(id);
        return row === undefined ? null : emergencyView(row, clock());
      };
      return {
        items: items.map((made) => ({
          ...decisionView(made, pack, found.veil),
          emergencyGrant: grantOf(made.event.actor?.emergency),
          text: textView(made.text, texts),
          said: textView(made.said, texts),
        })),
        next: following,
      };
    },
  );
};
