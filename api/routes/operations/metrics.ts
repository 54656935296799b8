/** GET /metrics */
import { z } from 'zod';
import { about, problemsOf, type Described } from '../../http/describe.ts';
import type { Routes } from '../routes.ts';

const described: Described = {
  id: 'getMetrics',
  tag: 'operations',
  summary: 'Counters for Prometheus; from this machine only',
  public: true,
  problems: ['not-allowed'],
};

export const metricsRoute: Routes = async (app) => {
  app.get(
    '/metrics',
    {
      schema: {
        ...about(described),
        response: { 200: { description: 'Text format', content: { 'text/plain': { schema: z.string() } } }, ...problemsOf(described) },
      },
    },
    async (_request, reply) => {
      const { registry } = app.metrics;
      return reply
        .type(registry.contentType)
        .serializer(String)
        .send(await registry.metrics());
    },
  );
};
