import { defineConfig } from 'prisma/config';

/** Only `prisma generate` reads this; migrations are applied by lib/db/setup/migrate.ts, so the address is never used. */
export default defineConfig({
  schema: 'prisma/schema',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_OWNER_URL ?? 'postgresql://unused@localhost:5432/unused' },
});
