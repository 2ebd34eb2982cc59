import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type Database, openDatabase } from '../client.ts';
import { migrateUp } from '../migrate.ts';

/** What is needed of testkit's PostgreSQL, which only tests import. */
interface Server {
  createDatabase(): Promise<string>;
  stop(): Promise<void>;
  start(): Promise<void>;
  remove(): Promise<void>;
}

/** A PostgreSQL for the tests of a file, and for each of them a database of its own with all tables. */
export class FreshDatabase {
  server!: Server;
  /** Of the test that runs. */
  url = '';
  private database!: Database;

  /** For the tests of the file that calls it. */
  static use(startServer: () => Promise<Server>): FreshDatabase {
    const fresh = new FreshDatabase();
    beforeAll(async () => {
      fresh.server = await startServer();
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
