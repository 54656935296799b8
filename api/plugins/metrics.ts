/** Counters of this process, in the form Prometheus reads. */
import fp from 'fastify-plugin';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Db } from '../../db/database.ts';
import { newestCalendars } from '../../db/read/calendars.ts';
import { coveredDays } from '../../domain/calendar-year.ts';
import { undeliveredByChannel } from '../../db/read/deliveries.ts';
import { openInboxRows } from '../../db/read/inbox.ts';

export interface Metrics {
  readonly registry: Registry;
  /** What became of requests to the desk; `code` is the refusal's or empty. */
  readonly outcomes: Counter<'outcome' | 'code'>;
}

declare module 'fastify' {
  interface FastifyInstance {
    metrics: Metrics;
  }
}

export const metrics = fp<{ db: Db; registry?: Registry; clock?: () => number }>(
  (app, { db, registry = new Registry(), clock = Date.now }, done) => {
    collectDefaultMetrics({ register: registry });
    const registers = [registry];
    const durations = new Histogram({
      name: 'http_request_duration_seconds',
      help: 'Time from request to answer',
      labelNames: ['method', 'route', 'status'],
      registers,
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15],
    });
    const outcomes = new Counter({
      name: 'redress_requests_total',
      help: 'Requests to the desk by outcome',
      labelNames: ['outcome', 'code'],
      registers,
    });
    new Gauge({
      name: 'redress_inbox_open',
      help: 'Inbox rows without an outcome; -1 when the database does not answer',
      registers,
      async collect(): Promise<void> {
        this.set(await openInboxRows(db).catch(() => -1));
      },
    });
    new Gauge({
      name: 'redress_calendar_coverage_days',
      help: 'Days until the loaded days off of a calendar end; below zero they have ended',
      labelNames: ['calendar'],
      registers,
      async collect(): Promise<void> {
        this.reset();
        for (const calendar of await newestCalendars(db).catch(() => []))
          this.set({ calendar: calendar.id }, coveredDays(calendar, clock()));
      },
    });
    new Gauge({
      name: 'redress_deliveries_stuck',
      help: 'Notices that a channel has not taken, by channel',
      labelNames: ['channel'],
      registers,
      async collect(): Promise<void> {
        this.reset();
        for (const { channel, count } of await undeliveredByChannel(db).catch(() => [])) this.set({ channel }, count);
      },
    });
    app.decorate('metrics', { registry, outcomes });
    app.addHook('onResponse', (request, reply, next) => {
      if (reply.raw.getHeader('content-type') === 'text/event-stream') return next(); // as long as the client stays
      const labels = { method: request.method, route: request.routeOptions.url ?? 'none', status: String(reply.statusCode) };
      durations.observe(labels, reply.elapsedTime / 1000);
      next();
    });
    done();
  },
);
