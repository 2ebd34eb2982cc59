import { readEnvironment } from '@logmaster/core/config/environment';
import { databaseEnvironment } from '@logmaster/core/config/fragments';
import { type Command, parseOptions, printJson, printLine } from '../command.ts';
import { EXIT } from '../exit.ts';
import { checkServers } from '../start/check-servers.ts';
import { checkDatabase, prepare as prepareInstallation } from '../start/prepare.ts';

const HELP = `
For installations on servers named in the environment (docs/configuration.md): checks that each of them answers and is
new enough, then makes the data folder, the signing keys and the first admin, and brings the database to the newest
schema. Run it once before ingest and web are started, and after each upgrade; it may be repeated.

  --check       only check the servers, change nothing
  --json        { "signer", "migrations", "password" }

On one machine "npm start" does all of this by itself.
`;

const OPTIONS = { json: { type: 'boolean', default: false }, check: { type: 'boolean', default: false } } as const;

export const prepare: Command = {
  usage: ['prepare [--check] [--json]'],
  help: HELP,
  async run(args, io) {
    const { values } = parseOptions({ args, options: OPTIONS, strict: true });
    const { DATABASE_URL } = readEnvironment(databaseEnvironment);
    await checkDatabase(DATABASE_URL);
    printLine(io.err, 'PostgreSQL is ready');
    await checkServers((text) => printLine(io.err, text));
    if (values.check) return EXIT.done;
    const prepared = await prepareInstallation();
    if (values.json) {
      printJson(io.out, prepared);
      return EXIT.done;
    }
    printLine(io.out, `Signer    SHA-256 ${prepared.signer}`);
    printLine(
      io.out,
      `Database  ${prepared.migrations.length === 0 ? 'up to date' : `applied ${prepared.migrations.join(', ')}`}`,
    );
    if (prepared.password) printLine(io.out, `Sign in as admin with the one-time password ${prepared.password}`);
    return EXIT.done;
  },
};
