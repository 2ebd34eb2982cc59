import { BlockList, isIP } from 'node:net';
import { AppError } from '@logmaster/core/errors';

/** Whose word about a client's address is believed. */
export interface TrustedProxies {
  has(address: string): boolean;
}

const family = (address: string) => (isIP(address) === 6 ? 'ipv6' : 'ipv4');

/** `none` alone, or addresses and CIDR blocks. CONFIG_INVALID for anything else. */
export function trustedProxies(entries: readonly string[]): TrustedProxies {
  const list = new BlockList();
  if (entries.length === 1 && entries[0] === 'none') return { has: () => false };
  for (const entry of entries) {
    const [, address = '', bits] = /^([\da-f:.]+)(?:\/(\d{1,3}))?$/i.exec(entry) ?? [];
    const version = isIP(address);
    const longest = version === 6 ? 128 : 32;
    const prefix = bits === undefined ? longest : Number(bits);
    if (version === 0 || prefix > longest) {
      throw new AppError('CONFIG_INVALID', {
        detail: `LOGMASTER_TRUSTED_PROXIES: ${entry} is no address and no block; write 10.0.0.5 or 10.0.0.0/24, or none`,
      });
    }
    list.addSubnet(address, prefix, family(address));
  }
  return { has: (address) => isIP(address) !== 0 && list.check(address, family(address)) };
}
