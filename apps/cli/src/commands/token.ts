import { createTokenFor } from '@logmaster/db/tokens';
import { type Command, parseOptions, printJson, printLine } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { findDatabaseUrl, layoutFor } from '../installation.ts';

const HELP = `
Makes an API token that acts as a user: Authorization: Bearer TOKEN on /api/v1/…

  --user U      whose rights it has
  --name N      what it is for, as shown in the list of tokens
  --json        { "token", "user", "name" }
  --data DIR    data folder (default ./data)

Prints the token alone; it is stored only as a hash and can't be shown again.
`;

const OPTIONS = {
  user: { type: 'string' },
  name: { type: 'string' },
  json: { type: 'boolean', default: false },
  data: { type: 'string' },
} as const;

export const token: Command = {
  usage: ['token create --user U --name N [--json] [--data DIR]'],
  help: HELP,
  async run(args, io) {
    const { values, positionals } = parseOptions({ args, options: OPTIONS, strict: true, allowPositionals: true });
    if (positionals.length !== 1 || positionals[0] !== 'create') throw new UsageError('token create --user U --name N');
    const { user, name } = values;
    if (!user || !name) throw new UsageError('token create needs --user and --name');
    const text = await createTokenFor(await findDatabaseUrl(layoutFor(values.data)), { username: user, name });
    if (values.json) printJson(io.out, { token: text, user, name });
    else printLine(io.out, text);
    return EXIT.done;
  },
};
