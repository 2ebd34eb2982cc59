import { findProgram } from '../programs/program.ts';
import { byProgram, type Server, setServer } from '../programs/server.ts';
import { MONTHS, utcMicros } from '../time/read-time.ts';
import type { VendorInput, VendorParser, VendorTime } from '../vendor.ts';
import { isAdGuard, readAdGuard } from './adguard.ts';
import { readBind } from './bind.ts';
import { isCoreDns, readCoreDns } from './coredns.ts';
import { readDnsmasq } from './dnsmasq.ts';
import { readPowerDns } from './powerdns.ts';
import { readUnbound } from './unbound.ts';
import { isWindowsDns, readWindowsDns } from './windows.ts';

type DnsServer = Server<boolean | VendorTime | undefined>;

const type = 'dns-server';
const BIND: DnsServer = { dataset: 'isc.bind', vendor: 'ISC', product: 'BIND', type, read: readBind };
const UNBOUND: DnsServer = {
  dataset: 'nlnetlabs.unbound',
  vendor: 'NLnet Labs',
  product: 'Unbound',
  type,
  read: readUnbound,
};
const DNSMASQ: DnsServer = { dataset: 'dnsmasq.dns', product: 'dnsmasq', type, read: readDnsmasq };
const POWERDNS: DnsServer = { dataset: 'powerdns.dns', product: 'PowerDNS', type, read: readPowerDns };
const COREDNS: DnsServer = { dataset: 'coredns.log', product: 'CoreDNS', type, read: readCoreDns };
const ADGUARD: DnsServer = {
  dataset: 'adguard.query',
  vendor: 'AdGuard',
  product: 'AdGuard Home',
  type,
  read: readAdGuard,
};
const WINDOWS: DnsServer = {
  dataset: 'microsoft.dns',
  vendor: 'Microsoft',
  product: 'DNS Server',
  type,
  read: readWindowsDns,
};

export const PROGRAMS = byProgram([
  [BIND, ['named', 'bind', 'bind9', 'named-sdb']],
  [UNBOUND, ['unbound']],
  [DNSMASQ, ['dnsmasq', 'pihole-ftl', 'pihole']],
  [POWERDNS, ['pdns', 'pdns_server', 'pdns_recursor', 'pdns-recursor']],
  [COREDNS, ['coredns']],
]);

/** A file of BIND's: `23-Nov-2026 19:56:31.123 queries: info: client …` */
const BIND_FILE = /(\d\d)-([A-Z][a-z]{2})-(\d{4}) (\d\d):(\d\d):(\d\d)(?:\.(\d{3}))? (?=[a-z][a-z-]{2,24}: |client )/y;
/** Without a program: BIND's own head, or its client mark. */
const BIND_MESSAGE =
  /(?:(?:queries|responses|query-errors|security|rpz|client|update|update-security|xfer-in|xfer-out|notify|rate-limit|default): (?:[a-z]{4,8}: )?)?client (?:@0x[\da-f]{1,16} )?[\da-fA-F.:]{2,45}#\d{1,5}[:/ ]/y;

/** Categories with a client in their lines. */
const BIND_CATEGORIES: ReadonlySet<string> = new Set([
  'queries',
  'responses',
  'query-errors',
  'security',
  'rpz',
  'client',
  'update',
  'update-security',
  'xfer-in',
  'xfer-out',
  'notify',
  'rate-limit',
  'default',
]);

interface Found {
  readonly server: DnsServer;
  readonly at: number;
}

function findServer(input: VendorInput): Found | undefined {
  const { text, messageAt } = input;
  const program = findProgram(input, PROGRAMS);
  if (program) return { server: program.value, at: program.at };
  // `queries: info: client …`: the head takes BIND's category for a program.
  const tag = input.header.appname;
  const at = tag !== undefined && BIND_CATEGORIES.has(tag) ? messageAt - tag.length - 2 : messageAt;
  if (at < 0) return undefined;
  if (isBind(text, at)) return { server: BIND, at };
  if (text.startsWith('] unbound[', at + 11) || text.startsWith('unbound[', at) || isBareUnbound(text, at))
    return { server: UNBOUND, at };
  if (isBareDnsmasq(text, at)) return { server: DNSMASQ, at };
  if (isAdGuard(text, at)) return { server: ADGUARD, at };
  if (isCoreDns(text, at)) return { server: COREDNS, at };
  return isWindowsDns(text, at) ? { server: WINDOWS, at } : undefined;
}

/** unbound's words without its name. */
const BARE_UNBOUND = /\[\d{1,10}:[\da-f]{1,4}\] (?:info|query|reply): /y;
/** dnsmasq's question without its name. */
const BARE_DNSMASQ = /query\[[\w=-]{1,16}\] [^ ]{1,300} from [\da-fA-F.:]{2,45}/y;

function isBareUnbound(text: string, at: number): boolean {
  BARE_UNBOUND.lastIndex = at;
  return BARE_UNBOUND.test(text);
}

function isBareDnsmasq(text: string, at: number): boolean {
  BARE_DNSMASQ.lastIndex = at;
  return BARE_DNSMASQ.test(text);
}

function isBind(text: string, at: number): boolean {
  // Both forms have `client` near their start.
  const client = text.indexOf('client ', at);
  if (client < 0 || client > at + 80) return false;
  BIND_FILE.lastIndex = at;
  if (BIND_FILE.test(text)) return true;
  BIND_MESSAGE.lastIndex = at;
  return BIND_MESSAGE.test(text);
}

/** BIND, Unbound, dnsmasq and Pi-hole, PowerDNS, CoreDNS, AdGuard Home, Windows DNS, Infoblox NIOS. Remarks without a question keep their text. */
export const dnsServerParser: VendorParser = {
  name: 'dns_server',

  recognises(input) {
    return findServer(input) !== undefined;
  },

  read(input, draft) {
    const found = findServer(input);
    if (!found) return undefined;
    const { server } = found;
    setServer(draft, server);
    draft.event['network.protocol'] = 'dns';
    BIND_FILE.lastIndex = found.at;
    const file = server === BIND ? BIND_FILE.exec(input.text) : null;
    const said = input.text.slice(found.at + (file?.[0].length ?? 0));
    const time = server.read(said, draft);
    if (file) return { written: () => bindTime(file) };
    return typeof time === 'object' ? time : undefined;
  },
};

function bindTime(m: RegExpExecArray) {
  const month = MONTHS[(m[2] as string).toLowerCase()];
  if (month === undefined) return undefined;
  const local = utcMicros(Number(m[3]), month, Number(m[1]), Number(m[4]), Number(m[5]), Number(m[6]), m[7]);
  return local === undefined ? undefined : { local, yearMissing: false, offset: undefined };
}
