import type { EventDraft } from '../event/draft.ts';
import { findProgram } from '../programs/program.ts';
import { byProgram, type Server, type ServerProduct, setServer } from '../programs/server.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { readClient } from './clients.ts';
import { readDnsmasqDhcp } from './dnsmasq.ts';
import { readIsc } from './isc.ts';
import { isKea, readKea } from './kea.ts';
import { findForensic, readForensic } from './kea-forensic.ts';
import { readOpenwrt } from './openwrt.ts';
import { isWindowsDhcp, readWindowsDhcp } from './windows.ts';

const type = 'dhcp-server';
const ISC: Server = { dataset: 'isc.dhcpd', vendor: 'ISC', product: 'DHCP', type, read: readIsc };
const KEA: Server = { dataset: 'isc.kea', vendor: 'ISC', product: 'Kea', type, read: readKea };
const FORENSIC: Server = { ...KEA, read: readForensic };
const DNSMASQ: Server = { dataset: 'dnsmasq.dhcp', product: 'dnsmasq', type, read: readDnsmasqDhcp };
const UDHCPD: Server = { dataset: 'busybox.udhcpd', vendor: 'BusyBox', product: 'udhcpd', type, read: readOpenwrt };
const ODHCPD: Server = { dataset: 'openwrt.odhcpd', vendor: 'OpenWrt', product: 'odhcpd', type, read: readOpenwrt };
const WINDOWS: ServerProduct = { dataset: 'microsoft.dhcp', vendor: 'Microsoft', product: 'DHCP Server', type };
/** Clients and relays on a gateway: their remarks keep their text. */
const OTHER: Server = { dataset: 'linux.dhcp', vendor: 'Linux', product: 'DHCP', type, read: readClient };

export const PROGRAMS = byProgram([
  [ISC, ['dhcpd', 'dhcpd6', 'dhcpdv6', 'dhcpd3', 'isc-dhcpd', 'isc-dhcp-server', 'dhcp']],
  [KEA, ['kea-dhcp4', 'kea-dhcp6', 'kea-ctrl-agent', 'kea-dhcp-ddns', 'kea-legal', 'kea']],
  [DNSMASQ, ['dnsmasq-dhcp']],
  [UDHCPD, ['udhcpd']],
  [ODHCPD, ['odhcpd']],
  [OTHER, ['dhclient', 'dhcp6c', 'udhcpc', 'odhcp6c', 'dhcpcd', 'dhcrelay', 'dhcpleases', 'dhcpleases6']],
  [OTHER, ['dnsmasq-tftp', 'systemd-networkd', 'networkmanager']],
]);
/** These do much else. */
const LEASE_LINES: ReadonlyMap<string, RegExp> = new Map([
  ['systemd-networkd', /^[\w.-]{1,16}: DHCP/],
  ['networkmanager', /^(?:<\w{1,8}> {1,3}\[[\d.]{1,24}\] )?dhcp[46] \(/],
]);

/** ISC's words without the program. */
const BARE_ISC =
  /DHCP(?:ACK|OFFER|REQUEST|NAK|RELEASE|DECLINE|EXPIRE) (?:on|for|of|to) [\d.]{7,15}|DHCPDISCOVER from [\da-fA-F:]{17}|DHCPINFORM from [\d.]{7,15}/y;

function isBareIsc(text: string, at: number): boolean {
  BARE_ISC.lastIndex = at;
  return BARE_ISC.test(text);
}

interface Found {
  readonly server: Server;
  readonly at: number;
}

function findServer(input: VendorInput): Found | undefined {
  const { text, messageAt, header } = input;
  const named = findProgram(input, PROGRAMS);
  const line = named && LEASE_LINES.get(named.name);
  const program = line && !line.test(text.slice(named.at, named.at + 80)) ? undefined : named;
  const at = program?.at ?? messageAt;
  if (!named && isBareIsc(text, messageAt)) return { server: ISC, at: messageAt };
  if (program && program.value !== KEA) return { server: program.value, at };
  const forensic = findForensic(text, at, header.appname);
  if (forensic >= 0) return { server: FORENSIC, at: forensic };
  return program || isKea(text, messageAt) ? { server: KEA, at } : undefined;
}

/** ISC dhcpd, Kea (log and forensic log), dnsmasq, Windows, udhcpd, odhcpd. Remarks without a lease keep their text. */
export const dhcpServerParser: VendorParser = {
  name: 'dhcp_server',

  recognises(input) {
    return findServer(input) !== undefined || isWindowsDhcp(input.text, input.messageAt);
  },

  read(input, draft) {
    draft.event['network.protocol'] = 'dhcp';
    const found = findServer(input);
    setServer(draft, found?.server ?? WINDOWS);
    if (!found) return readWindowsDhcp(input.text, input.messageAt, draft);
    const { server, at } = found;
    // A file of Kea's has no host name: what the head took for one is Kea's level or a zone's name.
    const { hostname, appname } = input.header;
    const isZone = /^(?:[A-Z]{3,5}|[+-]\d{2,4})$/.test(hostname ?? '');
    if (server.product === 'Kea' && (isZone || appname === 'Address' || appname === 'Prefix')) {
      dropHead(draft);
      draft.event.message = input.text.slice(at);
    }
    server.read(input.text.slice(at), draft);
    return undefined;
  },
};

function dropHead(draft: EventDraft): void {
  draft.drop('observer.name');
  draft.drop('log.syslog.hostname');
  draft.drop('log.syslog.appname');
}
