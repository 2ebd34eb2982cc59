import { resetPassword } from '@logmaster/db/bootstrap';
import { type Command, parseOptions, printJson, printLine } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { findDatabaseUrl, layoutFor } from '../installation.ts';

const HELP = `
Gives a user a new one-time password, which must be changed at the next sign-in, and ends the user's sessions.

  --json        { "user", "password" }
  --data DIR    data folder (default ./data)

Prints the password alone.
`;

const OPTIONS = { json: { type: 'boolean', default: false }, data: { type: 'string' } } as const;

export const user: Command = {
  usage: ['user reset-password U [--json] [--data DIR]'],
  help: HELP,
  async run(args, io) {
    const { values, positionals } = parseOptions({ args, options: OPTIONS, strict: true, allowPositionals: true });
    const [action, name] = positionals;
    if (action !== 'reset-password' || name === undefined || positionals.length !== 2) {
      throw new UsageError('user reset-password U');
    }
    const { password } = await resetPassword(await findDatabaseUrl(layoutFor(values.data)), name);
    if (values.json) printJson(io.out, { user: name, password });
    else printLine(io.out, password);
    return EXIT.done;
  },
};
