import { withAssets } from '@logmaster/db/assets';
import { type AssetThing, readAssetThing } from '@logmaster/parsers/enrichment/asset-thing';
import { type Command, parseOptions, printJson, printLine } from '../command.ts';
import { EXIT, UsageError } from '../exit.ts';
import { findDatabaseUrl, layoutFor } from '../installation.ts';
import { printable } from '../printable.ts';

const HELP = `
Names things of the network; records get the name by address or MAC as they arrive.

  list                      every asset: id, thing, site, name
  add THING --name N        THING is an address, a block as 10.1.2.0/24, or a MAC
  remove ID                 records that have the name keep it

  --name N      what people call it
  --site ID     only in this site; without it in every one
  --json        machine-readable output
  --data DIR    data folder (default ./data)
`;

const OPTIONS = {
  name: { type: 'string' },
  site: { type: 'string' },
  json: { type: 'boolean', default: false },
  data: { type: 'string' },
} as const;

function thingOf(text: string): AssetThing {
  const thing = readAssetThing(text);
  if (thing !== undefined) return thing;
  throw new UsageError(`${JSON.stringify(text)} is no address, no block of addresses and no MAC`);
}

export const asset: Command = {
  usage: ['asset list [--json] [--data DIR]', 'asset add THING --name N [--site ID] [--json]', 'asset remove ID'],
  help: HELP,
  async run(args, io) {
    const { values, positionals } = parseOptions({ args, options: OPTIONS, strict: true, allowPositionals: true });
    const [word, what, ...rest] = positionals;
    const { name, site: siteId = null, json } = values;
    const url = () => findDatabaseUrl(layoutFor(values.data));
    if (rest.length > 0) throw new UsageError('asset takes one thing at a time');
    if (word === 'list' && what === undefined) {
      const assets = await withAssets(await url(), ({ list }) => list());
      if (json) printJson(io.out, { assets });
      else
        for (const { id, network, mac, siteId: site, name: own } of assets)
          printLine(io.out, [id, network ?? mac ?? '', site ?? '*', printable(own)].join('\t'));
    } else if (word === 'add' && what !== undefined && name) {
      const thing = thingOf(what);
      const made = await withAssets(await url(), ({ create }) => create({ name, ...thing, siteId }));
      if (json) printJson(io.out, made);
      else printLine(io.out, made.id);
    } else if (word === 'remove' && what !== undefined) {
      if (!/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(what))
        throw new UsageError('remove takes the id that list shows');
      await withAssets(await url(), ({ remove }) => remove(what));
    } else throw new UsageError('asset list | add THING --name N | remove ID');
    return EXIT.done;
  },
};
