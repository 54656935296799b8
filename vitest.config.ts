import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';
import { clearForeignEnv } from './scripts/stack/clean-env.ts';

// Whatever database or Temporal service this machine uses otherwise: tests must never reach it.
clearForeignEnv();
process.env['TZ'] = 'UTC';

const seconds = (count: number): number => count * 1000;

interface Tier {
  readonly folder: string;
  /** Longest time of one test, in seconds. */
  readonly limit: number;
  /** Whether PostgreSQL and Temporal are started for it. */
  readonly servers: boolean;
  /** Whether its files run one after the other, because they stop servers or measure. */
  readonly alone?: boolean;
}

const tiers: Readonly<Record<string, Tier>> = {
  domain: { folder: 'domain', limit: 10, servers: false },
  workflows: { folder: 'workflows', limit: 60, servers: true },
  replay: { folder: 'histories', limit: 60, servers: false },
  store: { folder: 'store', limit: 30, servers: true },
  activities: { folder: 'activities', limit: 30, servers: true },
  api: { folder: 'api', limit: 60, servers: true },
  security: { folder: 'security', limit: 60, servers: true },
  import: { folder: 'import', limit: 120, servers: true },
  scenarios: { folder: 'scenarios', limit: 120, servers: true },
  scripts: { folder: 'scripts', limit: 120, servers: false },
  chaos: { folder: 'chaos', limit: 300, servers: false, alone: true },
};

/** What takes minutes begins first, or the run waits for it alone at its end. */
const LONG = ['scenarios/scenarios', 'api/matrix', 'security/canary', 'security/fuzz', 'histories/replay'];
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = LONG.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
      return at === -1 ? LONG.length : at;
    };
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    passWithNoTests: true,
    sequence: { sequencer: LongFirst },
    // Much of a test is waiting for a server: one file at a time would leave a small machine idle, too many share one PostgreSQL.
    maxWorkers: Math.min(4, Math.max(2, availableParallelism() - 1)),
    projects: Object.entries(tiers).map(([name, { folder, limit, servers, alone }], index) => ({
      test: {
        name,
        include: [`test/${folder}/**/*.test.ts`],
        pool: 'forks' as const,
        testTimeout: seconds(limit),
        hookTimeout: seconds(Math.max(limit, 60)),
        globalSetup: servers ? ['test/support/servers.ts'] : [],
        fileParallelism: !alone,
        // Cheap tiers first; those that want the machine for themselves last.
        sequence: { groupOrder: alone ? index : 0 },
      },
    })),
  },
});
