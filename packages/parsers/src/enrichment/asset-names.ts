import { ipBytes } from '../values/ip-bytes.ts';

/** A thing of the network that people know by a name. Exactly one of `network` and `mac` says which. */
export interface Asset {
  readonly name: string;
  /** Address in canonical text, or a block of them as `10.1.0.0/24`. */
  readonly network?: string | undefined;
  /** As ECS writes it: `00-00-5E-00-53-23`. */
  readonly mac?: string | undefined;
  /** Undefined: in every site. */
  readonly siteId?: string | undefined;
}

/** One site's assets, or those of every site. */
interface Names {
  /** Bits of a block → its first bytes → name; longest first. */
  readonly blocks: Map<number, Map<string, string>>;
  readonly macs: Map<string, string>;
}

/** Names of addresses and MACs. The smallest block wins, a site's own entry before one of every site. */
export interface AssetNames {
  readonly size: number;
  nameOfAddress(site: string, address: string): string | undefined;
  nameOfMac(site: string, mac: string): string | undefined;
}

const EVERY_SITE = '';

/** Entries that can't be read are left out: they were checked when they were made. */
export function createAssetNames(assets: readonly Asset[]): AssetNames {
  const sites = new Map<string, Names>();
  for (const { name, network, mac, siteId = EVERY_SITE } of assets) {
    const names = sites.get(siteId) ?? { blocks: new Map(), macs: new Map() };
    sites.set(siteId, names);
    if (mac !== undefined) names.macs.set(mac, name);
    const block = network === undefined ? undefined : readBlock(network);
    if (block === undefined) continue;
    const sameLength = names.blocks.get(block.key) ?? new Map<string, string>();
    names.blocks.set(block.key, sameLength);
    sameLength.set(block.prefix, name);
  }
  for (const [site, { blocks, macs }] of sites)
    sites.set(site, { blocks: new Map([...blocks].sort(([a], [b]) => b - a)), macs });

  function search(site: string, found: (names: Names) => string | undefined): string | undefined {
    for (const key of [site, EVERY_SITE]) {
      const names = sites.get(key);
      const name = names && found(names);
      if (name !== undefined) return name;
    }
    return undefined;
  }

  return {
    size: assets.length,
    nameOfAddress(site, address) {
      const bytes = ipBytes(address);
      return bytes && search(site, ({ blocks }) => nameInBlocks(blocks, bytes));
    },
    nameOfMac: (site, mac) => search(site, ({ macs }) => macs.get(mac)),
  };
}

function nameInBlocks(blocks: Names['blocks'], bytes: Uint8Array): string | undefined {
  for (const [key, names] of blocks) {
    if (key >> 8 !== bytes.length) continue;
    const name = names.get(prefixOf(bytes, key & 255));
    if (name !== undefined) return name;
  }
  return undefined;
}

/** `key`: bytes of the address × 256 + bits of the block. */
function readBlock(network: string): { key: number; prefix: string } | undefined {
  const [address = '', length] = network.split('/', 2);
  const bytes = ipBytes(address);
  if (bytes === undefined) return undefined;
  const most = bytes.length * 8;
  const bits = length === undefined ? most : Number(length);
  if (!Number.isInteger(bits) || bits < 0 || bits > most) return undefined;
  return { key: bytes.length * 256 + bits, prefix: prefixOf(bytes, bits) };
}

function prefixOf(bytes: Uint8Array, bits: number): string {
  let prefix = '';
  for (let at = 0; at * 8 < bits; at++) {
    const left = bits - at * 8;
    prefix += String.fromCharCode(left >= 8 ? (bytes[at] as number) : (bytes[at] as number) & (0xff00 >> left));
  }
  return prefix;
}
