/** GET /api/live */
import { z } from 'zod';
import { casesChangedSince } from '../../../db/read/cases.ts';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import { HEARTBEAT_MS, OVERLAP_MS, Stream } from '../../live/stream.ts';
import { me, signIn } from '../../plugins/auth.ts';
import { Problem } from '../../problems/problem.ts';
import type { Routes } from '../routes.ts';

const described: Described = {
  id: 'followCases',
  tag: 'live',
  summary: 'Changes of the cases I may see, as server-sent events',
  problems: ['not-acceptable'],
  description:
    'Event `case`: a case as in the list. Event `reload`: too much has changed, read the lists anew. Last-Event-ID brings what was missed; a change may come twice.',
};
/** More than this at once is told as `reload`. */
const CATCH_UP = 500;
/** Streams of one person at once, in one process: a few windows, not a flood. */
const STREAMS = 10;

export const liveRoute: Routes = async (app, { db, hub, clock }) => {
  /** Open streams by person. */
  const streams = new Map<string, number>();
  app.get(
    '/api/live',
    {
      exposeHeadRoute: false,
      schema: {
        ...about(described),
        headers: z.looseObject({
          'last-event-id': z
            .string()
            .regex(/^\d{1,15}$/, 'the id of an event of this stream')
            .optional(),
        }),
        response: {
          200: { description: 'The stream', content: { 'text/event-stream': { schema: z.string() } } },
          ...problemsOf(described),
        },
      },
    },
    async (request, reply) => {
      if (!/text\/event-stream|\*\/\*/.test(request.headers.accept ?? '*/*')) throw new Problem('not-acceptable');
      const last = request.headers['last-event-id'];
      const since = last === undefined ? new Date() : new Date(Number(last) - OVERLAP_MS);
      const { person } = me(request);
      const open = streams.get(person) ?? 0;
      if (open >= STREAMS) throw new Problem('too-many-requests', { headers: { 'Retry-After': '30' } });
      reply.hijack();
      const out = reply.raw;
      if (out.destroyed) return; // gone while it was being signed in: nothing would tell of its end any more
      streams.set(person, open + 1);
      for (const [name, value = ''] of Object.entries(reply.getHeaders())) out.setHeader(name, value);
      out.writeHead(200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no', Connection: 'close' });
      out.write('retry: 2000\n\n');
      const stream: Stream = new Stream(out, {
        reader: me(request),
        since,
        onMissed: (from) => void catchUp(from),
        onStale: () => lookAnew(),
      });
      const catchUp = async (from: Date): Promise<void> => {
        try {
          const rows = await casesChangedSince(db, me(request), from, CATCH_UP + 1);
          if (rows.length > CATCH_UP) stream.reload();
          else stream.changed(rows);
        } catch {
          stream.close(); // the client comes back with Last-Event-ID
        }
      };
      // Roles that were taken away, and sessions and tokens that have ended, end here, too.
      const lookAnew = (): void => {
        signIn(db, request, app.sessionCookie, clock(), 'machine').then(
          (signed) => (signed === undefined ? stream.close() : stream.beat((request.identity = signed.identity))),
          () => stream.close(),
        );
      };
      const beat = setInterval(lookAnew, HEARTBEAT_MS);
      const followed = hub.follow(stream);
      out.on('close', () => {
        const left = (streams.get(person) ?? 1) - 1;
        if (left > 0) streams.set(person, left);
        else streams.delete(person);
        clearInterval(beat);
        void followed.then((leave) => leave());
      });
      await followed;
      if (last !== undefined) await catchUp(since);
      out.write(': listening\n\n');
    },
  );
};
