/** Ten thousand requests that nobody in their senses sends: no fault of ours, no word that is not the caller's to read. */
import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useApi } from '../api/support/api.ts';
import { useEngine } from '../api/support/engine.ts';
import { faultsOf } from './support/fuzz/judge.ts';
import { knownOf, operationsOf, type ApiDocument } from './support/fuzz/operations.ts';
import { requestTo, type FuzzedRequest } from './support/fuzz/request.ts';
import { CALLERS, CANARIES, fuzzDesk, makeWorld, type World } from './support/fuzz/world.ts';

const RUNS = process.env['REDRESS_FULL'] === '1' ? 50_000 : 10_000;
const SEED = Number(process.env['REDRESS_SEED'] ?? 20_261_125);

const engine = useEngine();
const switched = fuzzDesk(engine);
const api = useApi(
  {
    get db() {
      return engine.db;
    },
    get url() {
      return engine.url;
    },
    desk: switched.desk,
  },
  { requestsPerMinute: 10_000_000, publicCasesPerHour: 10_000_000 },
);
let world: World;
/** At once: waits that we impose on guesses must not add up. */
const BATCH = 20;
const rarely = fc.integer({ min: 0, max: 49 }).map((n) => n === 49);
const asked = new Map<string, number>();
const answered = new Map<number, number>();

beforeAll(async () => {
  world = await makeWorld(api);
});
afterAll(() => process.stdout.write(`fuzz: seed ${SEED}, answers ${JSON.stringify(Object.fromEntries(answered))}\n`));

async function ask(of: string, request: FuzzedRequest, isAway: boolean): Promise<string[]> {
  const answer = await world.ask(request);
  asked.set(of, (asked.get(of) ?? 0) + 1);
  answered.set(answer.status, (answered.get(answer.status) ?? 0) + 1);
  const faults = faultsOf(request, answer, { isOutside: world.isOutside(request.caller), isAway });
  return faults.map((fault) => `${request.method} ${request.url} as ${request.caller}: ${fault}: ${answer.text.slice(0, 500)}`);
}

test('the planted words are there to be found', async () => {
  const clerk = await api.as('recordsClerk');
  const texts = await Promise.all(world.planted.map(async (path) => (await clerk.get(path)).text));
  for (const canary of CANARIES.slice(0, 4)) expect(texts.join('')).toContain(canary);
});

test(
  `${RUNS.toLocaleString('en')} fuzzed requests: no 5xx but the injected 503, every error a problem document with its trace id, no leak`,
  { timeout: RUNS * 60 },
  async () => {
    const document = JSON.parse(await readFile(new URL('../../docs/openapi.json', import.meta.url), 'utf8')) as ApiDocument;
    const operations = operationsOf(document);
    const known = knownOf(document);
    const one = fc.oneof(
      ...operations.map((of) => ({
        weight: of.path.startsWith('/api/public/tracking') ? 1 : 4, // a guess at a link waits for its answer
        arbitrary: requestTo(of, known, CALLERS).map((request) => ({ of: `${of.method} ${of.path}`, request })),
      })),
    );
    const batch = fc.record({ requests: fc.array(one, { minLength: 1, maxLength: BATCH, size: 'max' }), isAway: rarely });
    await fc.assert(
      fc.asyncProperty(batch, async ({ requests, isAway }) => {
        switched.away = isAway;
        const found = await Promise.all(requests.map(({ of, request }) => ask(of, request, isAway)));
        expect(found.flat()).toEqual([]);
      }),
      { numRuns: Math.ceil(RUNS / 9), seed: SEED },
    );
    expect([...asked.values()].reduce((sum, times) => sum + times, 0)).toBeGreaterThanOrEqual(RUNS);
    expect(operations.map(({ method, path }) => `${method} ${path}`).filter((one) => !asked.has(one))).toEqual([]);
  },
);
