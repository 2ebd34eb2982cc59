import type { FlatEvent } from '@logmaster/core/event/event';
import { MICROS_PER_SECOND, type Micros } from '@logmaster/core/time';
import { canonicalIp } from '../values/ip.ts';

/**
 * What a record says of who or what is behind an address. `login` and `lease` hold from `at` on, until a `logout` or
 * `release`, the next one of the address, or `until`. `restart` ends every login that came `via` its address.
 */
export interface IdentityClaim {
  readonly kind: 'login' | 'logout' | 'lease' | 'release' | 'restart';
  /** Canonical IP text. */
  readonly address: string;
  /** The device's time of the record. */
  readonly at: Micros;
  /** When it ends by itself, where the record says so. */
  readonly until?: Micros | undefined;
  readonly user?: string | undefined;
  readonly mac?: string | undefined;
  readonly host?: string | undefined;
  /** Address of the NAS that has the session. */
  readonly via?: string | undefined;
  /** Id of the record. */
  readonly record: string;
}

/** Longest text that is remembered of a record. */
const MAX_TEXT = 255;
/** Vendor's names for the length of a lease, in seconds. */
const LEASE_LABELS = ['lease', 'lease_time', 'lease_seconds'] as const;
/** What an administrator of a device speaks with it: that login says nothing of the traffic of his machine. */
const ADMINISTRATION = new Set(['ssh', 'telnet', 'winbox', 'web', 'www', 'api', 'api-ssl', 'ftp', 'console', 'local']);

/** Records of our own forms are believed only where they came by their own way: anybody can send such a line by syslog. */
const OWN_WAYS: Readonly<Record<string, string>> = { 'radius.accounting': 'radius', 'logmaster.identity': 'internal' };

/** Undefined for a record that says nothing of the kind. Reads only what parsers of all vendors set alike. */
export function claimOf(event: FlatEvent): IdentityClaim | undefined {
  const way = OWN_WAYS[event['event.dataset'] ?? ''];
  if (way !== undefined && event['logmaster.transport'] !== way) return undefined;
  if (way === 'radius' && event['event.category'] === 'host') return restartOf(event);
  if (event['network.protocol'] === 'dhcp') return leaseOf(event);
  if (event['event.category'] === 'authentication') return loginOf(event);
  return undefined;
}

/** Accounting-On and -Off (RFC 2866 §5.1): a NAS that begins or ends to account has no sessions left. */
function restartOf(event: FlatEvent): IdentityClaim | undefined {
  const nas = event['observer.ip'];
  return nas === undefined ? undefined : { ...commonOf(event, nas), kind: 'restart' };
}

function leaseOf(event: FlatEvent): IdentityClaim | undefined {
  const type = event['event.type'];
  const address = event['source.ip'];
  if (address === undefined || (type !== 'start' && type !== 'end')) return undefined;
  const common = commonOf(event, address);
  return type === 'end' ? { ...common, kind: 'release' } : { ...common, kind: 'lease', until: leaseEnd(event) };
}

function leaseEnd(event: FlatEvent): Micros | undefined {
  const at = event['@timestamp'] as Micros;
  const end = event['event.end'];
  if (end !== undefined && end > at) return end;
  const text = LEASE_LABELS.map((name) => event.labels?.[name]).find((value) => value !== undefined);
  if (text === undefined || !/^\d{1,9}$/.test(text)) return undefined;
  return at + Number(text) * MICROS_PER_SECOND;
}

function loginOf(event: FlatEvent): IdentityClaim | undefined {
  const type = event['event.type'];
  const address = innerAddress(event) ?? event['source.ip'];
  const user = event['user.name'];
  if (address === undefined || user === undefined || isAdministration(event)) return undefined;
  const common = { ...commonOf(event, address), user: short(user) };
  if (type === 'end') return { ...common, kind: 'logout' };
  // An interim update of RADIUS accounting says that the session goes on.
  const holds = type === 'start' || event['event.dataset'] === 'radius.accounting';
  if (!holds || event['event.outcome'] === 'failure') return undefined;
  const end = event['event.end'];
  return { ...common, kind: 'login', until: end !== undefined && end > common.at ? end : undefined };
}

/** A VPN gives its user an address of its own; the traffic comes from that one. */
function innerAddress({ labels }: FlatEvent): string | undefined {
  const inner = labels?.tunnelip;
  return inner === undefined || inner === '0.0.0.0' ? undefined : canonicalIp(inner);
}

/** FortiOS says by `ui` where an administrator logged in. */
function isAdministration(event: FlatEvent): boolean {
  return event.labels?.ui !== undefined || ADMINISTRATION.has(event['network.protocol'] ?? '');
}

function commonOf(event: FlatEvent, address: string) {
  return {
    address,
    at: event['@timestamp'] as Micros,
    mac: event['source.mac'],
    via: event['event.dataset'] === 'radius.accounting' ? event['observer.ip'] : undefined,
    host: event['host.name'] === undefined ? undefined : short(event['host.name']),
    record: event['logmaster.record.id'] ?? '',
  };
}

function short(text: string): string {
  return text.length > MAX_TEXT ? text.slice(0, MAX_TEXT) : text;
}
