/** What the app is given by whoever runs it: the server, a test. */
import type { Db } from '../db/database.ts';
import type { RuleBook } from '../desk/index.ts';
import type { Desk } from '../desk/types.ts';
import type { FileStore } from '../files/store.ts';
import type { CustomerSide } from '../domain/customer/side.ts';
import type { RegisterDef } from '../domain/register/definition.ts';
import type { Instant } from '../domain/time.ts';
import type { Registry } from 'prom-client';
import type { OidcSettings } from './sign-in/oidc.ts';

export interface AppConfig {
  /** For the one connection that listens for changed cases, made when the first client asks for them. */
  readonly databaseUrl: string;
  readonly publicUrl: string;
  /** Where erasures are written down outside the database. */
  readonly erasureLog: string;
  readonly logLevel: string;
  /** Name of the company, for the head of what is printed. */
  readonly company?: string | undefined;
  /** The provider that people may sign in by; absent = passwords only. */
  readonly oidc?: OidcSettings | undefined;
  /** Requests of one person (or, signed out, one address) in a minute; default 6,000, of all processes together. */
  readonly requestsPerMinute?: number;
  /** Proxies whose X-Forwarded-For is believed: addresses or networks; default none. */
  readonly trustedProxies?: readonly string[];
  /** Cases that one address may open without signing in, in an hour; default 20, of all processes together. */
  readonly publicCasesPerHour?: number;
  /** Longest time for one answer, then 503 `timeout`; default 25,000. */
  readonly handlerMs?: number;
  /** The event loop this far behind, requests are turned away; default 3,000, 0 = never. */
  readonly maxEventLoopDelayMs?: number;
}

export interface AppDeps {
  readonly db: Db;
  readonly desk: Desk;
  readonly config: AppConfig;
  /** Whether the engine answers. Never throws, answers within a second or two. */
  readonly engineHealth: () => Promise<boolean>;
  /** Versions of packs; default: those of the store. */
  readonly rules?: RuleBook;
  /** Default: those that ship. */
  readonly registers?: ReadonlyMap<string, RegisterDef>;
  /** What customers see and may do, by pack; default: what ships. */
  readonly customers?: ReadonlyMap<string, CustomerSide>;
  readonly clock?: () => Instant;
  /** Where the bytes of sent files are kept. */
  readonly files: FileStore;
  /** Where the process counts what is not HTTP; default: a registry of the app's own. */
  readonly metrics?: Registry;
  /** Where log lines go; default: standard output. */
  readonly log?: { write(line: string): void };
}
