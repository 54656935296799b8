/**
 * Requests to any route of the API: about right, with one thing or more wrong. Braces stand for what only the run knows
 * (`{case}`, `{uuid}` …), so that one seed makes the same requests on every machine.
 */
import fc from 'fast-check';
import { multipartOf } from '../../../api/support/multipart.ts';
import { hostileHeaders, hostileTexts, hostileValue, spoiltText } from './hostile.ts';
import { valueOf, type Known, type Schema } from './schema.ts';

export interface Operation {
  readonly method: string;
  /** With `{name}` for parameters. */
  readonly path: string;
  readonly parameters: readonly { readonly in: string; readonly name: string; readonly required?: boolean; readonly schema: Schema }[];
  readonly body: Schema | undefined;
  readonly type: string;
}

export interface FuzzedRequest {
  readonly caller: string;
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
}

const hostileText = fc.oneof(
  fc.constantFrom(...hostileTexts.filter((one) => one.length < 1_000)),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
/** What stands for a segment or a value after percent encoding: sometimes as bad bytes, sometimes not encoded at all. */
const encoded = (text: string): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 16, arbitrary: fc.constant(encode(text)) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('%', '%zz', '%00', '%ff%fe', '%E0%A4%A', '..%2F..%2F', '%2e%2e', '.', '..', '%2F', '%5c', '//', ';a=b'),
    },
  );
const encode = (text: string): string => (text.isWellFormed() ? encodeURIComponent(text).replace(/%7B(\w+)%7D/g, '{$1}') : '%ed%a0%80');
const mostly = (right: fc.Arbitrary<unknown>, wrong: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 9, arbitrary: right }, { weight: 1, arbitrary: wrong }).map(plain);
const plain = (value: unknown): string => (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''));

/** @param callers names of those who ask */
export function requestTo(operation: Operation, known: Known, callers: readonly string[]): fc.Arbitrary<FuzzedRequest> {
  return fc
    .record({
      caller: fc.constantFrom(...callers),
      method: fc.oneof(
        { weight: 60, arbitrary: fc.constant(operation.method) },
        { weight: 1, arbitrary: fc.constantFrom('GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS', 'POST') },
      ),
      path: pathOf(operation, known),
      query: queryOf(operation, known),
      asked: headersOf(operation, known),
      more: hostileHeaders,
      body: bodyOf(operation, known),
      key: fc.nat(),
    })
    .map(({ caller, method, path, query, asked, more, body, key }) => ({
      caller,
      method,
      url: `${path}${query}`,
      headers: {
        ...(method === 'GET' || method === 'HEAD' ? {} : { 'idempotency-key': `fuzz-${key}`, 'if-match': '"1"' }),
        ...(body === undefined ? {} : { 'content-type': body.type }),
        ...asked,
        ...more,
        // A stream of events has no end to wait for.
        ...(path === '/api/live' ? { accept: 'application/xml' } : {}),
      },
      ...(body === undefined || method === 'GET' || method === 'HEAD' ? {} : { body: body.bytes }),
    }));
}

function pathOf({ path, parameters }: Operation, known: Known): fc.Arbitrary<string> {
  const parts = path.split('/').map((part) => {
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined) return fc.constant(part);
    const schema = parameters.find((one) => one.in === 'path' && one.name === name)?.schema ?? { type: 'string' };
    return mostly(valueOf(schema, name, known), hostileText).chain(encoded);
  });
  return fc.tuple(...parts).map((all) => all.join('/'));
}

function queryOf({ parameters }: Operation, known: Known): fc.Arbitrary<string> {
  const asked = parameters.filter((one) => one.in === 'query');
  const pairs = asked.map(({ name, schema, required = false }) =>
    fc.oneof(
      { weight: required ? 0 : 6, arbitrary: fc.constant(undefined) },
      {
        weight: 3,
        arbitrary: mostly(valueOf(schema, name, known), hostileValue)
          .chain((value) => encoded(value.slice(0, 2_000)))
          .map((value) => `${name}=${value}`),
      },
    ),
  );
  const strange = fc.constantFrom(
    'x=1',
    'limit=1000000000',
    'limit=-1',
    'limit=1&limit=2',
    'cursor=W10',
    'cursor=bnVsbA',
    'cursor=WzEsMl0',
    '__proto__[a]=1',
    '=',
    '&&&',
    'a[]=1',
  );
  return fc
    .tuple(fc.tuple(...pairs), fc.oneof({ weight: 8, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: strange }))
    .map(([all, more]) => [...all, more].filter((one) => one !== undefined).join('&'))
    .map((query) => (query === '' ? '' : `?${query}`));
}

function headersOf({ parameters }: Operation, known: Known): fc.Arbitrary<Record<string, string>> {
  const asked = parameters.filter((one) => one.in === 'header' && one.name !== 'idempotency-key' && one.name !== 'prefer');
  const model = Object.fromEntries(
    asked.map(({ name, schema }) => [name, mostly(valueOf(schema, name, known), fc.constantFrom('', 'x', '-1'))]),
  );
  return fc.record(model, { requiredKeys: asked.filter((one) => one.required === true).map(({ name }) => name) }) as fc.Arbitrary<
    Record<string, string>
  >;
}

function bodyOf({ body, type, method }: Operation, known: Known): fc.Arbitrary<{ type: string; bytes: string | Buffer } | undefined> {
  if (method === 'GET' || method === 'HEAD' || method === 'DELETE') return fc.constant(undefined);
  if (type.startsWith('multipart/')) return multipart;
  if (type !== 'application/json')
    return mostly(fc.constantFrom('a: 1', 'BEGIN:VCALENDAR', '- [', '&a [*a, *a]'), hostileText).map((bytes) => ({ type, bytes }));
  const right = valueOf(body ?? { type: 'object' }, '', known);
  const wrong = fc.tuple(right, hostileValue, fc.nat()).map(([value, bad, at]) => spoilt(value, bad, at));
  return fc
    .oneof({ weight: 8, arbitrary: right }, { weight: 4, arbitrary: wrong }, { weight: 1, arbitrary: hostileValue })
    .map((value) => JSON.stringify(value) ?? '')
    .chain((json) => fc.oneof({ weight: 8, arbitrary: fc.constant<string | Buffer>(json) }, { weight: 1, arbitrary: spoiltText(json) }))
    .map((bytes) => ({ type: 'application/json', bytes }));
}

const multipart = fc
  .array(
    fc.record({
      name: fc.constantFrom('a.txt', 'b.jpg', '../../x', 'a\\"; x=1', '名.png', '.htaccess', 'x'.repeat(300), ''),
      type: fc.constantFrom('image/jpeg', 'text/html', 'application/octet-stream', 'image/svg+xml', ';'),
      bytes: fc.oneof(
        fc.constantFrom('', 'text', '<svg onload=1>', '%PDF-1.4', '\xff\xd8\xff').map((one) => Buffer.from(one, 'latin1')),
        fc.uint8Array({ maxLength: 60 }).map((one) => Buffer.from(one)),
      ),
    }),
    { maxLength: 3 },
  )
  .chain((parts) => {
    const { body, type } = multipartOf(parts);
    const fixed = Buffer.from(body.toString('latin1').replaceAll(type.slice(type.indexOf('=') + 1), 'bound'), 'latin1');
    return fc.nat({ max: fixed.length * 4 }).map((end) => ({ type: 'multipart/form-data; boundary=bound', bytes: fixed.subarray(0, end) }));
  });

/** Puts the bad value where the `at`-th of its parts is, beside them, or in its place. */
function spoilt(value: unknown, bad: unknown, at: number): unknown {
  if (typeof value !== 'object' || value === null) return bad;
  if (Array.isArray(value)) return value.length === 0 ? [bad] : value.map((one: unknown, i) => (i === at % value.length ? bad : one));
  const keys = Object.keys(value);
  const choice = at % (keys.length + 2);
  const key = keys[choice];
  if (key === undefined) return choice === keys.length ? { ...value, [plain(bad).slice(0, 40)]: bad } : { ...value, status: bad };
  const inner = (value as Record<string, unknown>)[key];
  return { ...value, [key]: at % 2 === 0 ? spoilt(inner, bad, Math.floor(at / 7)) : bad };
}
