/** What every route says of itself in the OpenAPI document. */
import { z } from 'zod';
import { wordingOf, type ProblemCode } from '../problems/catalogue.ts';
import { problemSchema } from '../schemas/problem.ts';

export type Tag =
  | 'cases'
  | 'drafts'
  | 'views'
  | 'files'
  | 'prints'
  | 'tasks'
  | 'requests'
  | 'notices'
  | 'live'
  | 'packs'
  | 'accounts'
  | 'authority'
  | 'absences'
  | 'calendars'
  | 'me'
  | 'sign-in'
  | 'people'
  | 'personal data'
  | 'registers'
  | 'audits'
  | 'customer'
  | 'operations';

export interface Described {
  readonly id: string;
  readonly tag: Tag;
  readonly summary: string;
  readonly description?: string;
  readonly public?: true;
  /** Problems beyond those of every route. */
  readonly problems?: readonly ProblemCode[];
}

/** Summary, operationId, tags, security. */
export function about({ id, tag, summary, description, public: open }: Described) {
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description === undefined ? {} : { description }),
    security: open ? [] : [{ token: [] }, { session: [] }],
  };
}

/** The answer of a route that sends bytes. Typed as nothing, because what is sent is a stream. */
export function bytes(mediaType: string, description: string): object {
  return { 200: { description, content: { [mediaType]: { schema: z.string().meta({ format: 'binary' }) } } } };
}

/** Responses of a route's problems, by status. Typed as nothing: handlers throw problems, they do not send them. */
export function problemsOf({ problems = [], public: open }: Described): object {
  const codes: ProblemCode[] = [
    ...(open ? [] : (['not-signed-in'] as const)),
    ...problems,
    ...(problems.includes('key-missing') ? (['key-reused'] as const) : []),
    'bad-request',
    'too-many-requests',
    'internal',
    'store-away',
  ];
  const byStatus = Map.groupBy(new Set(codes), (code) => wordingOf(code).status);
  return Object.fromEntries(
    [...byStatus].map(([status, ofStatus]) => [
      status,
      {
        description: ofStatus.map((code) => `${code}: ${wordingOf(code).en}`).join(' '),
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  );
}
