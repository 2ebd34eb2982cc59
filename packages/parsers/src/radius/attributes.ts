import { isUtf8 } from 'node:buffer';
import { canonicalIp } from '../values/ip.ts';
import type { RadiusAttribute } from './packet.ts';

type Kind = 'text' | 'integer' | 'time' | 'ipv4' | 'ipv6' | 'prefix' | 'bytes';

interface Definition {
  readonly name: string;
  readonly kind: Kind;
  /** Words of an integer. */
  readonly words?: Readonly<Record<number, string>>;
}

const of = (name: string, kind: Kind, words?: Readonly<Record<number, string>>): Definition => ({
  name,
  kind,
  ...(words === undefined ? {} : { words }),
});

export const STATUS_TYPES: Readonly<Record<number, string>> = {
  ...{ 1: 'Start', 2: 'Stop', 3: 'Interim-Update', 7: 'Accounting-On', 8: 'Accounting-Off' },
};
const SERVICE_TYPES = {
  ...{ 1: 'Login', 2: 'Framed', 3: 'Callback-Login', 4: 'Callback-Framed', 5: 'Outbound', 6: 'Administrative' },
  ...{ 7: 'NAS-Prompt', 8: 'Authenticate-Only', 10: 'Call-Check' },
};
const TERMINATE_CAUSES = {
  ...{ 1: 'User-Request', 2: 'Lost-Carrier', 3: 'Lost-Service', 4: 'Idle-Timeout', 5: 'Session-Timeout' },
  ...{ 6: 'Admin-Reset', 7: 'Admin-Reboot', 8: 'Port-Error', 9: 'NAS-Error', 10: 'NAS-Request', 11: 'NAS-Reboot' },
  ...{ 12: 'Port-Unneeded', 13: 'Port-Preempted', 14: 'Port-Suspended', 15: 'Service-Unavailable', 16: 'Callback' },
  ...{ 17: 'User-Error', 18: 'Host-Request' },
};
const PORT_TYPES = { 0: 'Async', 5: 'Virtual', 15: 'Ethernet', 19: 'Wireless-802.11' };

/** RFC 2865 §5, RFC 2866 §5, RFC 2869 §5, RFC 3162 §2, RFC 4372, RFC 6911 §3. */
const ATTRIBUTES: Readonly<Record<number, Definition>> = {
  1: of('User-Name', 'text'),
  4: of('NAS-IP-Address', 'ipv4'),
  5: of('NAS-Port', 'integer'),
  6: of('Service-Type', 'integer', SERVICE_TYPES),
  7: of('Framed-Protocol', 'integer', { 1: 'PPP' }),
  8: of('Framed-IP-Address', 'ipv4'),
  9: of('Framed-IP-Netmask', 'ipv4'),
  11: of('Filter-Id', 'text'),
  14: of('Login-IP-Host', 'ipv4'),
  25: of('Class', 'bytes'),
  27: of('Session-Timeout', 'integer'),
  28: of('Idle-Timeout', 'integer'),
  30: of('Called-Station-Id', 'text'),
  31: of('Calling-Station-Id', 'text'),
  32: of('NAS-Identifier', 'text'),
  40: of('Acct-Status-Type', 'integer', STATUS_TYPES),
  41: of('Acct-Delay-Time', 'integer'),
  42: of('Acct-Input-Octets', 'integer'),
  43: of('Acct-Output-Octets', 'integer'),
  44: of('Acct-Session-Id', 'text'),
  45: of('Acct-Authentic', 'integer', { 1: 'RADIUS', 2: 'Local', 3: 'Remote' }),
  46: of('Acct-Session-Time', 'integer'),
  47: of('Acct-Input-Packets', 'integer'),
  48: of('Acct-Output-Packets', 'integer'),
  49: of('Acct-Terminate-Cause', 'integer', TERMINATE_CAUSES),
  50: of('Acct-Multi-Session-Id', 'text'),
  51: of('Acct-Link-Count', 'integer'),
  52: of('Acct-Input-Gigawords', 'integer'),
  53: of('Acct-Output-Gigawords', 'integer'),
  55: of('Event-Timestamp', 'time'),
  61: of('NAS-Port-Type', 'integer', PORT_TYPES),
  77: of('Connect-Info', 'text'),
  85: of('Acct-Interim-Interval', 'integer'),
  87: of('NAS-Port-Id', 'text'),
  88: of('Framed-Pool', 'text'),
  89: of('Chargeable-User-Identity', 'text'),
  95: of('NAS-IPv6-Address', 'ipv6'),
  96: of('Framed-Interface-Id', 'bytes'),
  97: of('Framed-IPv6-Prefix', 'prefix'),
  99: of('Framed-IPv6-Route', 'text'),
  123: of('Delegated-IPv6-Prefix', 'prefix'),
  168: of('Framed-IPv6-Address', 'ipv6'),
};

const VENDOR_SPECIFIC = 26;

/** An attribute as people read it. `text` is undefined where its bytes do not fit its type. */
export interface NamedValue {
  readonly name: string;
  readonly text: string | undefined;
  /** Of integers and times. */
  readonly number?: number;
}

/** What a packet's attribute says; several for a vendor's own, whose format is a vendor's affair but mostly RFC 2865 §5.26. */
export function readAttribute({ type, value }: RadiusAttribute): readonly NamedValue[] {
  if (type === VENDOR_SPECIFIC) return readVendorSpecific(value);
  const definition = ATTRIBUTES[type];
  if (definition === undefined) return [{ name: `Attribute-${type}`, text: textOf(value) }];
  const { name, kind, words } = definition;
  if (kind === 'text') return [{ name, text: textOf(value) }];
  if (kind === 'bytes') return [{ name, text: textOf(value) }];
  if (kind === 'integer' || kind === 'time') {
    if (value.length !== 4) return [{ name, text: undefined }];
    const number = value.readUInt32BE();
    return [{ name, text: words?.[number] ?? String(number), number }];
  }
  return [{ name, text: kind === 'prefix' ? prefixOf(value) : addressOf(value, kind === 'ipv4' ? 4 : 16) }];
}

function readVendorSpecific(value: Buffer): readonly NamedValue[] {
  if (value.length < 4) return [{ name: 'Vendor-Specific', text: undefined }];
  const vendor = value.readUInt32BE();
  const found: NamedValue[] = [];
  for (let at = 4; at < value.length; ) {
    const size = at + 1 < value.length ? (value[at + 1] as number) : 0;
    // Another format of the vendor's own.
    if (size < 2 || at + size > value.length)
      return [{ name: `Vendor-${vendor}`, text: value.subarray(4).toString('hex') }];
    found.push({ name: `Vendor-${vendor}-${value[at]}`, text: textOf(value.subarray(at + 2, at + size)) });
    at += size;
  }
  return found;
}

/** Text where it is some, else `0x` and hex digits. */
function textOf(value: Buffer): string {
  const end = value.at(-1) === 0 ? value.length - 1 : value.length;
  const text = value.subarray(0, end);
  const readable = isUtf8(text) && text.every((byte) => byte >= 0x20 && byte !== 0x7f);
  return readable ? text.toString('utf8') : `0x${value.toString('hex')}`;
}

function addressOf(value: Buffer, bytes: 4 | 16): string | undefined {
  if (value.length !== bytes) return undefined;
  if (bytes === 4) return value.join('.');
  return canonicalIp((value.toString('hex').match(/.{4}/g) as string[]).join(':'));
}

/** RFC 3162 §2.3: a reserved byte, the length in bits, as many bytes as are needed. */
function prefixOf(value: Buffer): string | undefined {
  const bits = value[1] ?? 129;
  if (value.length < 2 || value.length > 18 || bits > 128) return undefined;
  const address = addressOf(Buffer.concat([value.subarray(2), Buffer.alloc(18 - value.length)]), 16);
  return address && `${address}/${bits}`;
}
