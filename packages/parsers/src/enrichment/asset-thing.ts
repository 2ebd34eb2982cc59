import { canonicalIp } from '../values/ip.ts';
import { canonicalNetwork } from '../values/ip-network.ts';
import { canonicalMac } from '../values/mac.ts';

/** What an asset is known by: one of both is null. */
export interface AssetThing {
  /** Canonical address, or a block of them. */
  readonly network: string | null;
  /** As ECS writes it. */
  readonly mac: string | null;
}

/** Reads an address, a block as `10.1.2.0/24`, or a MAC; undefined when it is none of them. */
export function readAssetThing(text: string): AssetThing | undefined {
  const mac = canonicalMac(text);
  if (mac !== undefined) return { mac, network: null };
  const network = canonicalIp(text) ?? canonicalNetwork(text);
  return network === undefined ? undefined : { mac: null, network };
}
