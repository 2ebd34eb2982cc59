import { DEFAULT_SCOPES, TOKEN_SCOPES, type TokenScope, tokenScopesSchema } from '@logmaster/core/api/token-scopes';
import { withTokensOf } from '@logmaster/db/tokens';
import { type Command, parseOptions, printJson, printLine } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { findDatabaseUrl, layoutFor } from '../installation.ts';
import { printable } from '../printable.ts';

const HELP = `
API tokens, which act as a user: Authorization: Bearer TOKEN on /api/v1/…

  create        makes one and prints it alone; it is stored only as a hash and can't be shown again
  list          every one of the user's: id, scopes, site, state, name
  revoke ID     ends one at once

  --user U      whose it is; it can never do more than that user
  --name N      what it is for, as shown in the list of tokens
  --scope S     what it may do (default ${DEFAULT_SCOPES}); more than one: --scope S --scope S, or S,S
                  read            search and read everything that the user may see
                  parsers:write   save, activate and deactivate custom parsers
                  assets:write    name addresses, blocks and MACs, and take names back
                  identity:write  tell who is behind an address (POST /api/v1/identity-events)
  --site ID     only this site: what it reads, and whose addresses and names it tells; without it all of them
  --json        create: { "token", "user", "name", "scopes", "site" }; list: { "tokens": [ … ] }
  --data DIR    data folder (default ./data)
`;

const OPTIONS = {
  user: { type: 'string' },
  name: { type: 'string' },
  scope: { type: 'string', multiple: true },
  site: { type: 'string' },
  json: { type: 'boolean', default: false },
  data: { type: 'string' },
} as const;

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

function scopesOf(given: readonly string[] | undefined): readonly TokenScope[] {
  if (given === undefined) return DEFAULT_SCOPES;
  const read = tokenScopesSchema.safeParse(given.flatMap((text) => text.split(',')).map((text) => text.trim()));
  if (read.success) return read.data;
  throw new UsageError(`--scope is one of ${TOKEN_SCOPES.join(', ')}`);
}

export const token: Command = {
  usage: [
    'token create --user U --name N [--scope S]… [--site ID] [--json] [--data DIR]',
    'token list --user U',
    'token revoke ID --user U',
  ],
  help: HELP,
  async run(args, io) {
    const { values, positionals } = parseOptions({ args, options: OPTIONS, strict: true, allowPositionals: true });
    const [word, id, ...rest] = positionals;
    const { user, name, scope, site: siteId = null, json } = values;
    if (!user || rest.length > 0) throw new UsageError('token create | list | revoke ID needs --user');
    const tokensOf = async <T>(work: Parameters<typeof withTokensOf<T>>[2]) =>
      withTokensOf(await findDatabaseUrl(layoutFor(values.data)), user, work);
    if (word === 'create' && id === undefined) {
      if (!name) throw new UsageError('token create needs --user and --name');
      const scopes = scopesOf(scope);
      const text = await tokensOf(({ create }) => create({ name, scopes, siteId }));
      if (json) printJson(io.out, { token: text, user, name, scopes, site: siteId });
      else printLine(io.out, text);
    } else if (word === 'list' && id === undefined) {
      const tokens = await tokensOf(({ list }) => list());
      if (json) printJson(io.out, { tokens });
      else
        for (const { id: own, scopes, siteId: site, revokedAt, name: its } of tokens)
          printLine(
            io.out,
            [own, scopes.join(','), site ?? '*', revokedAt ? 'revoked' : 'holds', printable(its)].join('\t'),
          );
    } else if (word === 'revoke' && id !== undefined) {
      if (!UUID.test(id)) throw new UsageError('revoke takes the id that list shows');
      await tokensOf(({ revoke }) => revoke(id));
    } else throw new UsageError('token create --user U --name N | list --user U | revoke ID --user U');
    return EXIT.done;
  },
};
