import { BlockList, isIP } from 'node:net';
import { AppError } from '@logmaster/core/errors';

/** A set of addresses. */
export interface AddressRanges {
  /** `address` in canonical text. */
  has(address: string): boolean;
}

/** Reads `192.0.2.1, 10.0.0.0/8, 2001:db8::/32`. Throws CONFIG_INVALID, naming `setting`. */
export function parseAddressRanges(text: string, setting: string): AddressRanges {
  const list = new BlockList();
  for (const part of text.split(',').map((each) => each.trim())) {
    const [address = '', bits, ...rest] = part.split('/');
    const family = isIP(address);
    const most = family === 4 ? 32 : 128;
    const length = bits === undefined ? most : Number(bits);
    const readable =
      family !== 0 && rest.length === 0 && (bits === undefined || /^\d{1,3}$/.test(bits)) && length <= most;
    if (!readable)
      throw new AppError('CONFIG_INVALID', { detail: `${setting}: ${JSON.stringify(part)} is no address or subnet` });
    list.addSubnet(address, length, family === 4 ? 'ipv4' : 'ipv6');
  }
  return {
    has(address) {
      const family = isIP(address);
      return family !== 0 && list.check(address, family === 4 ? 'ipv4' : 'ipv6');
    },
  };
}
