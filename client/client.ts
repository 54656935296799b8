/** The API with its types: paths, parameters and answers as `docs/openapi.json` has them. */
import createClient, { type Client, type Middleware } from 'openapi-fetch';
import type { components, paths } from './schema.d.ts';

type ProblemBody = components['schemas']['Problem'];

export interface ClientOptions {
  /** Where the API is, without `/api`. */
  readonly baseUrl: string;
  /** Bearer token; absent: only what is open to everybody. */
  readonly token?: string;
  /** Default: the platform's. */
  readonly fetch?: typeof globalThis.fetch;
}

/** What the API said instead of an answer (RFC 9457): `problem.type` ends in the stable code, the sentences are zh and en. */
export class ApiProblem extends Error {
  readonly status: number;
  readonly problem: ProblemBody | undefined;
  constructor(status: number, problem: ProblemBody | undefined) {
    super(problem?.detail ?? problem?.title ?? `HTTP ${status}`);
    this.name = 'ApiProblem';
    this.status = status;
    this.problem = problem;
  }
}

/**
 * A client that signs each request, gives every POST without one an Idempotency-Key (give your own to repeat a request safely),
 * and throws ApiProblem for everything but 2xx.
 */
export function redressClient({ baseUrl, token, fetch }: ClientOptions): Client<paths> {
  const client = createClient<paths>({ baseUrl, ...(fetch === undefined ? {} : { fetch }) });
  client.use(signed(token), keyed, checked);
  return client;
}

const signed = (token: string | undefined): Middleware => ({
  onRequest({ request }) {
    if (token !== undefined) request.headers.set('authorization', `Bearer ${token}`);
    return request;
  },
});

const keyed: Middleware = {
  onRequest({ request }) {
    if (request.method === 'POST' && !request.headers.has('idempotency-key'))
      request.headers.set('idempotency-key', globalThis.crypto.randomUUID());
    return request;
  },
};

const checked: Middleware = {
  async onResponse({ response }) {
    if (response.ok) return undefined;
    const body: unknown = await response.json().catch(() => undefined);
    throw new ApiProblem(response.status, body as ProblemBody | undefined);
  },
};
