/**
 * Where `@fastify/rate-limit` counts: in PostgreSQL, for all processes together. Wide bounds are taken in blocks of a hundredth, so
 * that most requests cost no statement; what a process has taken and not used counts as used, so a bound is never passed.
 */
import { createHash } from 'node:crypto';
import type { FastifyRateLimitStoreCtor } from '@fastify/rate-limit';
import type { Db } from '../../db/database.ts';
import { forgetEnded, take } from '../../db/rate-counts.ts';

interface Block {
  /** As many as this process may still let through, and when that ends by this process's clock. */
  left: number;
  /** Taken by all before what is left. */
  taken: number;
  endsAt: number;
}

interface Counter {
  readonly db: Db;
  /** One's own counts, for callers that are let through while the database is away. */
  readonly blocks: Map<string, Block>;
  readonly onError: (error: unknown) => void;
}

type Told = (error: Error | null, result?: { current: number; ttl: number }) => void;

const BLOCKS = 10_000;
const SWEEP_EVERY_MS = 60_000;

export function sharedCounts(db: Db, onError: (error: unknown) => void): FastifyRateLimitStoreCtor {
  const counter: Counter = { db, blocks: new Map(), onError };
  let sweptAt = Date.now();
  const sweep = (): void => {
    if (Date.now() - sweptAt < SWEEP_EVERY_MS) return;
    sweptAt = Date.now();
    forgetEnded(db).catch(onError);
  };

  class SharedCounts {
    readonly #of: string;
    /** Doors to which nobody has signed in stay shut while nobody can count. */
    readonly #isStrict: boolean;
    constructor(_options: unknown, of = '', isStrict = false) {
      this.#of = of;
      this.#isStrict = isStrict;
    }

    incr(key: string, told: Told, timeWindow = 60_000, max = 1): void {
      sweep();
      next(counter, keyOf(`${this.#of}|${max}|${key}`), timeWindow, max).then(
        (result) => told(null, result),
        (error: unknown) => {
          onError(error);
          if (this.#isStrict) told(error as Error);
          else told(null, alone(counter, keyOf(`alone|${this.#of}|${key}`), timeWindow));
        },
      );
    }

    /** Of a route; without one, of an address whatever it asks. */
    child(params: { routeInfo?: { method?: unknown; url?: string } }): SharedCounts {
      const { method, url } = params.routeInfo ?? {};
      return url === undefined ? new SharedCounts(params, 'address') : new SharedCounts(params, `${String(method)} ${url}`, true);
    }
  }
  // What the plugin hands to `child` is more than its types say: the route stands in `routeInfo`.
  return SharedCounts as unknown as FastifyRateLimitStoreCtor;
}

/** A bound of its own for a changed bound: processes of two versions do not mix theirs up. */
const keyOf = (text: string): string => createHash('sha256').update(text).digest('base64url');

async function next({ db, blocks }: Counter, key: string, windowMs: number, max: number): Promise<{ current: number; ttl: number }> {
  const known = blocks.get(key);
  if (known !== undefined && known.left > 0 && known.endsAt > Date.now()) return used(known);
  const many = Math.max(1, Math.floor(max / 100));
  const { taken, leftMs } = await take(db, key, many, windowMs);
  const block = { left: many, taken: taken - many, endsAt: Date.now() + leftMs };
  // Two requests may have asked at once: what the other took stays counted, and unused.
  if (many > 1) remember(blocks, key, block);
  return used(block);
}

function used(block: Block): { current: number; ttl: number } {
  block.left -= 1;
  block.taken += 1;
  return { current: block.taken, ttl: Math.max(0, block.endsAt - Date.now()) };
}

/** The count of this process by itself. */
function alone({ blocks }: Counter, key: string, windowMs: number): { current: number; ttl: number } {
  const known = blocks.get(key);
  const block = known !== undefined && known.endsAt > Date.now() ? known : { left: Infinity, taken: 0, endsAt: Date.now() + windowMs };
  remember(blocks, key, block);
  return used(block);
}

/** Bounded: the block that has not been renewed longest goes first. */
function remember(blocks: Map<string, Block>, key: string, block: Block): void {
  blocks.delete(key);
  blocks.set(key, block);
  const [oldest] = blocks.keys();
  if (blocks.size > BLOCKS && oldest !== undefined) blocks.delete(oldest);
}
