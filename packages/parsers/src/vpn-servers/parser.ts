import type { EventDraft } from '../event/draft.ts';
import { findProgram } from '../programs/program.ts';
import { byProgram, type Server, setServer } from '../programs/server.ts';
import { readTime } from '../time/read-time.ts';
import type { VendorInput, VendorParser, VendorTime } from '../vendor.ts';
import { accelFile, readAccel } from './accel-ppp.ts';
import { readIvanti } from './ivanti.ts';
import { readL2tp, readMpd, readMpdScript } from './l2tp.ts';
import { readOpenVpn } from './openvpn.ts';
import { readOcserv, readWireGuard } from './others.ts';
import { isPluto, readPluto } from './pluto.ts';
import { readPppd, readPppoeServer } from './pppd.ts';
import { isCharonLine, readStrongSwan, readUpdown } from './strongswan.ts';

const type = 'vpn';
const OPENVPN: Server = { dataset: 'openvpn.server', product: 'OpenVPN', type, read: readOpenVpn };
const STRONGSWAN: Server = { dataset: 'strongswan.charon', product: 'strongSwan', type, read: readStrongSwan };
const PLUTO: Server = { dataset: 'libreswan.pluto', product: 'Libreswan', type, read: readPluto };
const UPDOWN: Server = { ...STRONGSWAN, read: readUpdown };
const ACCEL: Server = { dataset: 'accel_ppp.log', product: 'accel-ppp', type, read: readAccel };
const PPPOE_SERVER: Server = {
  dataset: 'ppp.pppoe_server',
  product: 'rp-pppoe',
  type,
  read: (text, draft) => readPppoeServer(text, draft) || readPppd(text, draft),
};
const OCSERV: Server = { dataset: 'ocserv.server', product: 'ocserv', type, read: readOcserv };
const PPPD: Server = { dataset: 'ppp.pppd', product: 'pppd', type, read: readPppd };
const L2TP: Server = { ...PPPD, read: (text, draft) => readL2tp(text, draft) || readPppd(text, draft) };
const MPD: Server = { dataset: 'mpd.log', product: 'mpd', type, read: readMpd };
/** A gateway's own dial-up. */
const MPD_CLIENT: Server = { ...MPD, read: (text, draft) => readMpd(text, draft, true) };
const MPD_SCRIPT: Server = { ...MPD, read: readMpdScript };
const IVANTI: Server = {
  dataset: 'ivanti.connect_secure',
  vendor: 'Ivanti',
  product: 'Connect Secure',
  type,
  read: readIvanti,
};
const WIREGUARD: Server = { dataset: 'wireguard.kernel', product: 'WireGuard', type, read: readWireGuard };

export const PROGRAMS = byProgram([
  [OPENVPN, ['openvpn', 'openvpn-server', 'ovpn-server', 'ovpn', 'openvpnserver']],
  [STRONGSWAN, ['charon', 'charon-systemd', 'ipsec', 'ipsec_starter', 'charon-cmd']],
  [OCSERV, ['ocserv']],
  [PLUTO, ['pluto', 'libreswan', 'openswan']],
  [PPPD, ['pppd']],
  [ACCEL, ['accel-ppp', 'accel-pppd', 'accel']],
  [PPPOE_SERVER, ['pppoe-server', 'pppoe', 'rp-pppoe']],
  [L2TP, ['xl2tpd', 'pptpd']],
  [MPD, ['l2tps', 'pptps', 'poes', 'mpd', 'mpd5']],
  [MPD_CLIENT, ['ppp']],
  [MPD_SCRIPT, ['vpn']],
  [IVANTI, ['juniper', 'pulsesecure', 'ivanti', 'ivantisecure', 'pulse']],
  [WIREGUARD, ['wireguard']],
]);

const HEAD_FIELDS = ['observer.name', 'log.syslog.hostname', 'log.syslog.appname'] as const;

interface Found {
  readonly server: Server;
  readonly at: number;
  /** The time of OpenVPN's own file, and of accel-ppp's. */
  readonly written?: string;
  readonly level?: string | undefined;
}

function findServer(input: VendorInput): Found | undefined {
  const { text, messageAt, header } = input;
  // `kernel: [12.3] wireguard: wg0: …`
  if (header.appname === 'kernel') {
    const within = text.slice(messageAt, messageAt + 40).indexOf('wireguard: ');
    return within < 0 ? undefined : { server: WIREGUARD, at: messageAt + within };
  }
  const program = findProgram(input, PROGRAMS);
  if (!program) return findInstance(input) ?? findFile(input) ?? findLine(input);
  // Its WELF is read as such.
  if (program.value === IVANTI && text.startsWith('id=', program.at)) return undefined;
  // Names that others use too.
  if (program.value.dataset === MPD.dataset && program.value !== MPD_SCRIPT && text.charCodeAt(program.at) !== 0x5b)
    return undefined;
  if (program.value === MPD_SCRIPT && !/^log(?:in|out),/.test(text.slice(program.at, program.at + 8)))
    return /^[+-] /.test(text.slice(program.at, program.at + 2)) ? { server: UPDOWN, at: program.at } : undefined;
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

/**
 * OpenVPN's own file: `Mon Nov 23 19:56:31 2026 ayse/203.0.113.9:51000 …`, and since 2.5 `2026-11-23 19:56:31 us=123456 …`
 * (its time with `--verb 4`): a client, or words that only OpenVPN begins a line with.
 */
const OWN_FILE =
  /((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4}|\d{4}-\d\d-\d\d \d\d:\d\d:\d\d) (?:us=\d{1,6} )?(?=(?:[^/ ]{1,64}\/)?(?:\d{1,3}\.){3}\d{1,3}:\d{1,5} |\[AF_INET|MULTI|TLS:|VERIFY |Peer Connection)/y;

function findFile({ text, header }: VendorInput): Found | undefined {
  OWN_FILE.lastIndex = header.priority === undefined ? 0 : text.indexOf('>') + 1;
  const written = OWN_FILE.exec(text)?.[1];
  return written === undefined ? undefined : { server: OPENVPN, at: OWN_FILE.lastIndex, written };
}

/** Lines of the own files of accel-ppp, of charon and of pluto, which name no program. */
function findLine({ text, messageAt, header }: VendorInput): Found | undefined {
  const accel = accelFile(text, messageAt);
  if (accel) return { server: ACCEL, ...accel };
  if (header.appname !== undefined) return undefined;
  if (isPluto(text, messageAt)) return { server: PLUTO, at: messageAt };
  return isCharonLine(text, messageAt) ? { server: STRONGSWAN, at: messageAt } : undefined;
}

/** OpenVPN, strongSwan, Libreswan, ocserv, Ivanti Connect Secure, pppd, accel-ppp, rp-pppoe, mpd, WireGuard: who was connected, from where, with which address. */
export const vpnServerParser: VendorParser = {
  name: 'vpn_server',

  recognises(input) {
    return findServer(input) !== undefined;
  },

  read(input, draft) {
    const found = findServer(input);
    if (!found) return undefined;
    const { server, written } = found;
    const said = input.text.slice(found.at);
    setServer(draft, server);
    server.read(said, draft);
    if (written === undefined) return undefined;
    draft.event.message = said;
    draft.text('log.level', found.level);
    return fileTime(written, draft);
  },
};

/** `Mon Nov 23 19:56:31 2026`, `2026-11-23 19:56:31`: the client is no host's name, though it stands where one would. */
function fileTime(written: string, draft: EventDraft): VendorTime {
  for (const field of HEAD_FIELDS) draft.drop(field);
  const date = /^[A-Z]/.test(written)
    ? `${written.slice(4, 10)} ${written.slice(20)} ${written.slice(11, 19)}`
    : written;
  return { written: () => readTime(date, 0)?.time };
}
