import { startPostgres, type TestPostgres } from '@logmaster/testkit/postgres';
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type Database, openDatabase } from '../client.ts';
import { migrateUp } from '../migrate.ts';

/** A PostgreSQL for the tests of a file, and for each of them a database of its own with all tables. */
export class FreshDatabase {
  server!: TestPostgres;
  /** Of the test that runs. */
  url = '';
  private database!: Database;

  /** For the tests of the file that calls it. */
  static use(): FreshDatabase {
    const fresh = new FreshDatabase();
    beforeAll(async () => {
      fresh.server = await startPostgres();
    });
    afterAll(() => fresh.server.remove());
    beforeEach(async () => {
      fresh.url = await fresh.server.createDatabase();
      await migrateUp(fresh.url);
      const database = openDatabase({ url: fresh.url });
      fresh.database = database;
      return () => database.close();
    });
    return fresh;
  }

  get primary(): Database['primary'] {
    return this.database.primary;
  }
}
