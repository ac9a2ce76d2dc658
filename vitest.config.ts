import path from 'node:path';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;
const alias = { '@': root, 'server-only': path.join(root, 'lib/testing/empty.ts') };

export default defineConfig({
  resolve: { alias },
  test: {
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
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
          exclude: ['node_modules/**'],
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
