import { isIP, isIPv4, isIPv6 } from 'node:net';

/** HAProxy's PROXY protocol, versions 1 and 2 (its specification, proxy-protocol.txt of 2020). */
export type ProxyHeader =
  | {
      readonly kind: 'header';
      /** Length of the header; what follows is the connection's own. */
      readonly bytes: number;
      /** Undefined for UNKNOWN and LOCAL (a health check): then the peer speaks for itself. */
      readonly source: { readonly address: string; readonly port: number } | undefined;
    }
  /** Too few bytes to tell. */
  | { readonly kind: 'more' }
  /** Something else begins here. */
  | { readonly kind: 'none' }
  | { readonly kind: 'bad'; readonly reason: string };

const SIGNATURE_2 = Buffer.from('\r\n\r\n\0\r\nQUIT\n', 'latin1');
const SIGNATURE_1 = Buffer.from('PROXY ', 'latin1');
/** § 2.1: the longest line of version 1, CR LF included. */
const MAX_LINE = 107;
/** Addresses and all TLVs that anybody sends fit many times; a longer one is a lie. */
const MAX_HEADER_2 = 4096;
const FIXED_2 = 16;
const NONE: ProxyHeader = { kind: 'none' };
const MORE: ProxyHeader = { kind: 'more' };

/** What do the first bytes of a connection say? Throws nothing. */
export function readProxyHeader(data: Buffer): ProxyHeader {
  if (begins(data, SIGNATURE_1)) return data.length < SIGNATURE_1.length ? MORE : readLine(data);
  if (begins(data, SIGNATURE_2)) return data.length < FIXED_2 ? MORE : readBinary(data);
  return NONE;
}

/** As far as both go; nothing begins with everything. */
function begins(data: Buffer, signature: Buffer): boolean {
  const length = Math.min(data.length, signature.length);
  return data.subarray(0, length).equals(signature.subarray(0, length));
}

/** `PROXY TCP4 192.0.2.1 192.0.2.2 40000 6514 CR LF` */
function readLine(data: Buffer): ProxyHeader {
  const end = data.indexOf('\r\n', 0, 'latin1');
  if (end < 0 || end + 2 > MAX_LINE) return data.length < MAX_LINE && end < 0 ? MORE : bad('the line is too long');
  const [, family, source = '', destination = '', port = '', ...rest] = data.toString('latin1', 0, end).split(' ');
  if (family === 'UNKNOWN') return { kind: 'header', bytes: end + 2, source: undefined };
  const isAddress = { TCP4: isIPv4, TCP6: isIPv6 }[family ?? ''];
  if (isAddress === undefined) return bad('a family that is neither TCP4 nor TCP6 nor UNKNOWN');
  const number = readPort(port);
  if (!isAddress(source) || !isAddress(destination) || number === undefined || rest.length !== 1)
    return bad('addresses and ports can not be read');
  return { kind: 'header', bytes: end + 2, source: { address: source, port: number } };
}

function readPort(text: string): number | undefined {
  const port = /^(0|[1-9]\d{0,4})$/.test(text) ? Number(text) : Number.NaN;
  return port <= 65_535 ? port : undefined;
}

/** Bytes 0–11 signature, 12 version and command, 13 family, 14–15 length of what follows. */
function readBinary(data: Buffer): ProxyHeader {
  const [command, family] = [data[12], data[13]];
  const length = data.readUInt16BE(14);
  const bytes = FIXED_2 + length;
  if (command !== 0x20 && command !== 0x21) return bad(`version and command ${command}`);
  if (bytes > MAX_HEADER_2) return bad(`a header of ${bytes} bytes`);
  if (data.length < bytes) return MORE;
  if (command === 0x20) return { kind: 'header', bytes, source: undefined };
  if (family === 0x11 && length >= 12)
    return {
      kind: 'header',
      bytes,
      source: { address: [...data.subarray(16, 20)].join('.'), port: data.readUInt16BE(24) },
    };
  if (family === 0x21 && length >= 36)
    return { kind: 'header', bytes, source: { address: ipv6(data.subarray(16, 32)), port: data.readUInt16BE(48) } };
  // UNSPEC and what is no TCP: the sender is to be taken for itself.
  return family === 0x11 || family === 0x21
    ? bad('no room for its addresses')
    : { kind: 'header', bytes, source: undefined };
}

/** Canonical text (RFC 5952), as the URL parser writes it; IPv4 in IPv6 stays in hexadecimal. */
function ipv6(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(i * 2).toString(16));
  const text = new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1);
  return isIP(text) === 6 ? text : groups.join(':');
}

function bad(reason: string): ProxyHeader {
  return { kind: 'bad', reason };
}
