/** The OpenAPI 3.1 document at /api/openapi.json and its pages at /api/docs, without a CDN. */
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fp from 'fastify-plugin';
import { createJsonSchemaTransform, createJsonSchemaTransformObject, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { named } from '../schemas/registry.ts';
import { pruned } from './openapi-prune.ts';

type Config = NonNullable<Parameters<typeof createJsonSchemaTransform>[0]['zodToJsonConfig']>;

/** Replaces the library's own, which only concerns dates and unions of undefined: neither occurs in our schemas. */
const zodToJsonConfig: Config = {
  override: ({ jsonSchema }) => {
    if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
  },
};

const tags = [
  { name: 'cases', description: 'Open, read and move on cases' },
  { name: 'views', description: 'Registers that are views over cases' },
  { name: 'drafts', description: 'Forms begun and not sent: each person’s own' },
  { name: 'files', description: 'Photos, signed sheets, letters: sent once, attached to cases' },
  { name: 'tasks', description: 'What is owed, by whom, until when' },
  { name: 'requests', description: 'What became of a request' },
  { name: 'notices', description: 'Notices in the application' },
  { name: 'live', description: 'Changes as they happen' },
  { name: 'packs', description: 'Procedures as data: roles, steps, forms, limits' },
  { name: 'accounts', description: 'Working funds, retentions, outlets’ funds: what is left, what moved, on which decision' },
  { name: 'authority', description: 'Who may decide in whose place, and in an emergency' },
  { name: 'absences', description: 'Who is absent, and who stands in' },
  { name: 'calendars', description: 'Working days by year; many open cases that go on by newer rules' },
  { name: 'sign-in', description: 'Sessions, passwords, one-time links and tokens' },
  { name: 'personal data', description: 'What was erased, and what would be; for administrators' },
  { name: 'people', description: 'People and their roles, for administrators' },
  {
    name: 'audits',
    description: 'Evaluation of the service by GB/T 27922: what the record proves, marks, the result',
  },
  {
    name: 'registers',
    description: 'What is written down outside the cases: customers, products, orders, and the procedures’ own registers',
  },
  { name: 'customer', description: 'Customers without a login: report, follow, answer; and the links by which they do' },
  { name: 'me', description: 'Who is signed in' },
  { name: 'operations', description: 'Health and counters' },
];

export const openapi = fp<{ publicUrl: string }>(async (app, { publicUrl }) => {
  const config = { schemaRegistry: named, zodToJsonConfig };
  const withAllComponents = createJsonSchemaTransformObject(config);
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'redress',
        version: '0.1.0',
        description: 'Complaint and repair cases. Every POST needs an Idempotency-Key; 2xx with a verdict means decided and recorded.',
        license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
      },
      servers: [{ url: publicUrl }],
      tags,
      components: {
        securitySchemes: { token: { type: 'http', scheme: 'bearer' }, session: { type: 'apiKey', in: 'cookie', name: '__Host-redress' } },
      },
    },
    transform: createJsonSchemaTransform(config),
    transformObject: (document) => pruned(withAllComponents(document)),
  });
  // The page's own bundle only; its styles are inline.
  const csp =
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; font-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
  await app.register(swaggerUi, {
    routePrefix: '/api/docs',
    staticCSP: csp,
    uiConfig: { persistAuthorization: false, tryItOutEnabled: true },
  });
  app.withTypeProvider<ZodTypeProvider>().get('/api/openapi.json', { schema: { hide: true } }, () => app.swagger());
});
