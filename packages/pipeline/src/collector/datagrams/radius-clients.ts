import { BlockList, isIP } from 'node:net';
import { AppError } from '@logmaster/core/errors';

/** Whose RADIUS packets are taken, and by which shared secret they are known. */
export interface RadiusClients {
  /** Of the smallest block that holds the address (canonical text); undefined for strangers. */
  secretOf(address: string): string | undefined;
}

interface Client {
  readonly bits: number;
  readonly block: BlockList;
  readonly secret: string;
}

/** RFC 2865 §3 prefers 16 octets and more; shorter than this is guessed at once. */
const LEAST_SECRET = 8;

/**
 * Reads one client a line, `192.0.2.1 secret` or `10.20.0.0/24 secret`; empty lines and those that begin with `#` are left
 * out. Throws CONFIG_INVALID, naming `setting` and the line and never what is in it.
 */
export function parseRadiusClients(text: string, setting: string): RadiusClients {
  const clients: Client[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (/^\s*(?:#|$)/.test(line)) continue;
    const found = /^\s*([\da-fA-F.:]{2,45})(?:\/(\d{1,3}))?\s+(\S.*?)\s*$/.exec(line);
    const [, address = '', bits, secret = ''] = found ?? [];
    const family = isIP(address);
    const most = family === 4 ? 32 : 128;
    const length = bits === undefined ? most : Number(bits);
    if (family === 0 || length > most)
      throw new AppError('CONFIG_INVALID', {
        detail: `${setting}: line ${index + 1} is not \`ADDRESS[/BITS] SECRET\``,
      });
    if (Buffer.byteLength(secret) < LEAST_SECRET)
      throw new AppError('CONFIG_INVALID', {
        detail: `${setting}: the secret in line ${index + 1} has less than ${LEAST_SECRET} characters`,
      });
    const block = new BlockList();
    block.addSubnet(address, length, family === 4 ? 'ipv4' : 'ipv6');
    clients.push({ bits: length, block, secret });
  }
  clients.sort((a, b) => b.bits - a.bits);
  return {
    secretOf(address) {
      const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
      return clients.find(({ block }) => block.check(address, family))?.secret;
    },
  };
}
