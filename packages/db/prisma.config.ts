import { defineConfig } from 'prisma/config';

/** For `prisma generate` alone: migrations are applied by src/migrate.ts. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});
