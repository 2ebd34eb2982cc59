import type { EventDraft } from '../event/draft.ts';
import { findProgram } from '../programs/program.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { readOpenVpn } from './openvpn.ts';
import { readOcserv, readPppd, readWireGuard } from './others.ts';
import { readStrongSwan } from './strongswan.ts';

interface Server {
  readonly dataset: string;
  readonly product: string;
  readonly read: (text: string, draft: EventDraft) => boolean;
}

const OPENVPN: Server = { dataset: 'openvpn.server', product: 'OpenVPN', read: readOpenVpn };
const STRONGSWAN: Server = { dataset: 'strongswan.charon', product: 'strongSwan', read: readStrongSwan };
const OCSERV: Server = { dataset: 'ocserv.server', product: 'ocserv', read: readOcserv };
const PPPD: Server = { dataset: 'ppp.pppd', product: 'pppd', read: readPppd };
const WIREGUARD: Server = { dataset: 'wireguard.kernel', product: 'WireGuard', read: readWireGuard };

export const PROGRAMS: ReadonlyMap<string, Server> = new Map([
  ...['openvpn', 'openvpn-server', 'ovpn-server', 'ovpn', 'openvpnserver'].map((name) => [name, OPENVPN] as const),
  ...['charon', 'charon-systemd', 'ipsec', 'ipsec_starter', 'charon-cmd'].map((name) => [name, STRONGSWAN] as const),
  ['ocserv', OCSERV],
  ...['pppd', 'xl2tpd', 'pptpd', 'accel-ppp', 'accel-pppd'].map((name) => [name, PPPD] as const),
  ['wireguard', WIREGUARD],
]);

interface Found {
  readonly server: Server;
  readonly at: number;
}

function findServer(input: VendorInput): Found | undefined {
  const { text, messageAt, header } = input;
  // `kernel: [12.3] wireguard: wg0: …`
  if (header.appname === 'kernel') {
    const within = text.slice(messageAt, messageAt + 40).indexOf('wireguard: ');
    return within < 0 ? undefined : { server: WIREGUARD, at: messageAt + within };
  }
  const program = findProgram(input, PROGRAMS);
  if (!program) return findInstance(input);
  // The head takes `wireguard: ` for the program, the reader wants it back.
  const at = program.value === WIREGUARD ? Math.max(0, program.at - 'wireguard: '.length) : program.at;
  return { server: program.value, at };
}

/** `ovpn-server[812]`, `openvpn_server1`, `ovpn-ankara`: an instance has its configuration's name. */
function findInstance({ header, messageAt }: VendorInput): Found | undefined {
  const name = header.appname?.toLowerCase();
  const isInstance = name !== undefined && (name.startsWith('ovpn-') || name.startsWith('openvpn'));
  return isInstance ? { server: OPENVPN, at: messageAt } : undefined;
}

/** OpenVPN, strongSwan, ocserv, pppd, WireGuard: who was connected, from where, with which address. */
export const vpnServerParser: VendorParser = {
  name: 'vpn_server',

  recognises(input) {
    return findServer(input) !== undefined;
  },

  read(input, draft) {
    const found = findServer(input);
    if (!found) return undefined;
    const { server } = found;
    const { event } = draft;
    event['event.dataset'] = server.dataset;
    event['event.category'] = 'host';
    event['event.type'] = 'info';
    event['observer.vendor'] = server.product;
    event['observer.product'] = server.product;
    event['observer.type'] = 'vpn';
    server.read(input.text.slice(found.at), draft);
    return undefined;
  },
};
