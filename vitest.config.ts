import path from 'node:path';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;
const alias = { '@': root, 'server-only': path.join(root, 'lib/testing/empty.ts') };

/** Tests of routes and processes: what a process opens once, such as its database, they open, and so need a process each. */
const OF_PROCESSES = ['app/**/*.db.test.ts', 'workers/**/*.db.test.ts', 'lib/db/ensure-database.db.test.ts'];

export default defineConfig({
  resolve: { alias },
  test: {
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          // They share no state that one could leave to the next; loading the rooms once for each worker halves the run.
          isolate: false,
          // Generous: over real HTTP on a machine that does other things at the same time.
          testTimeout: 30_000,
          include: [
            'lib/**/*.test.ts',
            'workers/**/*.test.ts',
            'components/**/*.test.ts',
            'app/**/*.test.ts',
            'e2e/sandbox/**/*.test.ts',
          ],
          exclude: ['**/*.db.test.ts', '**/*.redis.test.ts', 'lib/testing/house/**'],
        },
      },
      { extends: true, test: { name: 'house', include: ['lib/testing/house/**/*.test.ts'] } },
      {
        extends: true,
        test: {
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude: ['node_modules/**', ...OF_PROCESSES],
          // Each file has a database of its own and closes what it opens; loading the rooms anew for each costs a third of the run.
          isolate: false,
          globalSetup: ['lib/testing/database-server.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'db-process',
          include: OF_PROCESSES,
          globalSetup: ['lib/testing/database-server.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'redis',
          include: ['**/*.redis.test.ts'],
          exclude: ['node_modules/**'],
          globalSetup: ['lib/testing/redis-server.ts'],
          testTimeout: 60_000,
        },
      },
    ],
  },
});
