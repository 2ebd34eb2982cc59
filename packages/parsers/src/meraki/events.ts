import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { setUrl } from '../event/url.ts';
import { readClockDuration, secondsToNanos } from '../values/duration.ts';
import { createSays, type Kind } from '../wording/says.ts';
import { MERAKI_FIELDS, setPairs } from './fields.ts';
import { readMerakiPairs } from './pairs.ts';

const LOGIN: Kind = ['authentication', 'start', 'login', 'success'];
const LOGIN_FAILED: Kind = ['authentication', 'start', 'login failed', 'failure'];
const LOGOUT: Kind = ['authentication', 'end', 'logout'];

/** `events type=…` → what it means; others are information. */
const TYPES: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['association', ['session', 'start', 'association']],
  ['disassociation', ['session', 'end', 'disassociation']],
  ['wpa_auth', ['authentication', 'start', 'wpa_auth', 'success']],
  ['wpa_deauth', ['authentication', 'end', 'wpa_deauth']],
  ['8021x_auth', LOGIN],
  ['8021x_eap_success', LOGIN],
  ['8021x_eap_failure', LOGIN_FAILED],
  ['8021x_deauth', LOGOUT],
  ['8021x_client_deauth', LOGOUT],
  ['splash_auth', LOGIN],
  ['anyconnect_vpn_auth_success', LOGIN],
  ['anyconnect_vpn_auth_failure', LOGIN_FAILED],
]);

const says = createSays((draft, name, value) => {
  const set = SLOTS.get(name) ?? MERAKI_FIELDS.get(name);
  if (set) set(draft, value);
  else draft.label(name, value);
});
const SLOTS: ReadonlyMap<string, (draft: EventDraft, value: string) => void> = new Map([
  ['source.ip', (draft: EventDraft, value: string) => draft.ip('source.ip', value)],
  ['destination.ip', (draft, value) => draft.ip('destination.ip', value)],
  ['in', (draft, value) => draft.text('observer.ingress.interface.name', value)],
  ['hostname', (draft, value) => draft.text('host.name', value)],
  ['source_end', (draft, value) => setEnd(draft, 'source', value)],
  ['destination_end', (draft, value) => setEnd(draft, 'destination', value)],
  ['reason', (draft, value) => draft.text('event.reason', value)],
  ['ignored', () => undefined],
  ['vlan', (draft, value) => draft.text('network.vlan.id', value)],
]);

/** `172.24.23.6[4500]`; port 0 stands for none. */
function setEnd(draft: EventDraft, side: 'source' | 'destination', value: string): void {
  const m = /^([\da-fA-F.:]{2,45})\[(\d{1,5})\]$/.exec(value);
  draft.ip(`${side}.ip`, m?.[1] ?? value);
  if (m?.[2] !== '0') draft.port(`${side}.port`, m?.[2]);
}

const LEASES = [
  says(
    ['network', 'start', 'assigned'],
    'dhcp lease of ip {source.ip} from mx mac {server_mac} for client mac {mac} with hostname {hostname} from router {router} on subnet {mask} with dns {dns}',
    'dhcp lease of ip {source.ip} from mx mac {server_mac} for client mac {mac} from router {router} on subnet {mask} with dns {dns}',
    'dhcp lease of ip {source.ip} from server mac {server_mac} for client mac {mac} with hostname {hostname} from router {router} on subnet {mask} with dns {dns}',
    'dhcp lease of ip {source.ip} from server mac {server_mac} for client mac {mac} from router {router} on subnet {mask} with dns {dns}',
    'dhcp lease of ip {source.ip} from mx mac {server_mac} for client mac {mac}',
    'dhcp lease of ip {source.ip} from server mac {server_mac} for client mac {mac}',
  ),
  says(
    ['network', 'info', 'no offers'],
    'dhcp no offers for mac {mac} host = {host_ip}',
    'dhcp no offers for mac {mac}',
  ),
  says(['network', 'end', 'released'], 'dhcp release for mac {mac}'),
];
/** The client's address inside is the session's; where it came from is a label. */
const CLIENTS = [
  says(
    LOGIN,
    "client_vpn_connect user id '{user}' local ip {source.ip} connected from {peer_ip}",
    "client_vpn_connect user id '{user}' local ip {source.ip} reconnected from {peer_ip}",
    "anyconnect_vpn_connect user id '{user}' local ip {source.ip} connected from {peer_ip}",
    "anyconnect_vpn_connect user id '{user}' local ip {source.ip} reconnected from {peer_ip}",
  ),
  says(
    LOGOUT,
    "client_vpn_disconnect user id '{user}' local ip {source.ip} connected from {peer_ip}",
    "client_vpn_disconnect user id '{user}' local ip {source.ip}",
    "anyconnect_vpn_disconnect user id '{user}' local ip {source.ip} connected from {peer_ip}",
  ),
];
const REMARKS = [
  says(
    ['network', 'info', 'link'],
    'port {in} status changed from {state_before} to {state}',
    'Port {in} changed STP role from {state_before} to {state}',
  ),
  says(['network', 'info', 'carrier'], 'carrier_change device {in} up {state}'),
  says(['network', 'denied', 'blocked arp'], 'Blocked ARP Packet from {mac} with IP {source.ip} on VLAN {vlan}'),
  says(['network', 'denied', 'blocked dhcp server'], 'Blocked DHCP server response from {mac} on VLAN {vlan}'),
  says(['network', 'error', 'address conflict'], 'MAC {mac} and MAC {other_mac} both claim IP: {source.ip}'),
  says(
    ['network', 'start', 'established'],
    '{tunnel_kind} VPN: <{tunnel}> IKE_SA {ignored} established between {source.ip}\\[{identity_local}\\]...{destination.ip}\\[{identity_remote}\\]',
    '{tunnel_kind} VPN: <{tunnel}> CHILD_SA {child} established with SPIs {spis} and TS {selectors}',
    'VPN: <{tunnel}> IKE_SA {ignored} established between {source.ip}\\[{identity_local}\\]...{destination.ip}\\[{identity_remote}\\]',
    'VPN: <{tunnel}> CHILD_SA {child} established with SPIs {spis} and TS {selectors}',
  ),
  says(
    ['network', 'start', 'established'],
    '{tunnel_kind} VPN: ISAKMP-SA established {source_end}-{destination_end} spi:{spi}',
    '{tunnel_kind} VPN: IPsec-SA established: {mode} {source_end}->{destination_end} spi={spi}',
  ),
  says(
    ['network', 'end', 'deleted'],
    '{tunnel_kind} VPN: ISAKMP-SA deleted {source_end}-{destination_end} spi:{spi}',
    '{tunnel_kind} VPN: purging ISAKMP-SA spi={spi}',
  ),
  says(
    ['network', 'info', 'negotiation'],
    '{tunnel_kind} VPN: initiate new phase {phase} negotiation: {source_end}<=>{destination_end}',
  ),
  says(
    ['network', 'error', 'negotiation failed', 'failure'],
    '{tunnel_kind} VPN: phase{phase} negotiation failed due to {reason}. ESP {source_end}->{destination_end}',
    '{tunnel_kind} VPN: failed to {reason}',
  ),
  says(['network', 'denied', 'blocked by stp'], 'Port {in} received an STP BPDU from {mac} so the port was blocked'),
  says(['network', 'info', 'failover'], 'failover to {uplink}'),
  says(['network', 'info', 'cellular connection'], 'Cellular connection {state}'),
  says(
    ['network', 'end', 'closed'],
    '{tunnel_kind} VPN: <{tunnel}> closing CHILD_SA {child} with SPIs {spis} and TS {selectors}',
    '{tunnel_kind} VPN: <{tunnel}> deleting IKE_SA {ignored} between {source.ip}\\[{identity_local}\\]...{destination.ip}\\[{identity_remote}\\]',
    'VPN: <{tunnel}> closing CHILD_SA {child} with SPIs {spis} and TS {selectors}',
    'VPN: <{tunnel}> deleting IKE_SA {ignored} between {source.ip}\\[{identity_local}\\]...{destination.ip}\\[{identity_remote}\\]',
  ),
];

/** `events …`: DHCP, VPN clients, wireless stations, switch ports. Other remarks keep their words. */
export function readEvent(text: string, draft: EventDraft): void {
  if (text.startsWith('type=')) {
    readTyped(text, draft);
    return;
  }
  if (text.startsWith(BLOCK)) {
    readBlock(text, draft);
    return;
  }
  if (LEASES.some((read) => read(text, draft))) {
    draft.event['network.protocol'] = 'dhcp';
    return;
  }
  if (CLIENTS.some((read) => read(text, draft))) return;
  if (!REMARKS.some((read) => read(text, draft))) setKind(draft, 'host', 'info', 'event');
}

const BLOCK = 'content_filtering_block';

/** `content_filtering_block url='https://…' server='203.0.113.8:443' client_mac='…'` */
function readBlock(text: string, draft: EventDraft): void {
  const pairs = readMerakiPairs(text);
  setKind(draft, 'web', 'denied', BLOCK);
  draft.text('event.code', BLOCK);
  setPairs(draft, pairs, new Set(['url', 'server']));
  MERAKI_FIELDS.get('dst')?.(draft, pairs.get('server') ?? '');
  setUrl(draft, pairs.get('url') ?? '');
}

/** Pairs whose meaning the type tells. */
const TYPED: ReadonlySet<string> = new Set(['type', 'duration', 'msg', 'reason', 'ip']);

function readTyped(text: string, draft: EventDraft): void {
  const pairs = readMerakiPairs(text);
  const type = pairs.get('type') ?? '';
  setKind(draft, ...(TYPES.get(type) ?? (['network', 'info', type] as const)));
  draft.text('event.code', type);
  setPairs(draft, pairs, TYPED);
  const reason = pairs.get('reason');
  draft.text('event.reason', reason);
  const duration = pairs.get('duration');
  // Seconds with a fraction; a splash page's is how long the guest may stay.
  if (duration !== undefined && /^\d{1,9}(?:\.\d{1,9})?$/.test(duration)) {
    if (type === 'splash_auth') draft.label('duration', duration);
    else draft.duration(secondsToNanos(Number(duration)));
  }
  const message = pairs.get('msg');
  if (message !== undefined) readAnyConnect(type, message, draft);
  // The dashboard's page adds words behind the address.
  if (type === 'splash_auth') draft.ip('source.ip', pairs.get('ip')?.split(' ', 1)[0]);
}

/** A missing blank (`192.0.2.1Peer port`) is no part of it. */
const PEER = /Peer IP=(?:((?:\d{1,3}\.){3}\d{1,3})|([\da-fA-F:]{2,45}))/;
const peerOf = (message: string) =>
  PEER.exec(message)
    ?.slice(1)
    .find((address) => address !== undefined);
const USER = /User(?:\[([^\]]{1,128})\]|=([^\s:]{1,128}))/;
/** A connection to the MX, not one of its to a RADIUS server. */
const CONNECTION = /^Server IP=/;
const SESSION = /Sess-ID\[(\d{1,10})\]/;
const DISCONNECTED =
  /Session disconnected\..{0,64}?Duration: ([^,]{1,32}), Bytes xmt: (\d{1,16}), Bytes rcv: (\d{1,16}), Reason: (.{1,128})/;

/** `Sess-ID[420] Peer IP=203.0.113.61 User[ayse]: Session disconnected. Session Type: SSL, Duration: …, Reason: …` */
function readAnyConnect(type: string, message: string, draft: EventDraft): void {
  draft.label('msg', message);
  draft.label('peer_ip', peerOf(message));
  const user = USER.exec(message);
  draft.text('user.name', user?.[1] ?? user?.[2]);
  draft.text('logmaster.session.id', SESSION.exec(message)?.[1]);
  draft.ip('source.ip', /for assigned IP ([\da-fA-F.:]{2,45})/.exec(message)?.[1]);
  // Nobody sits in a tunnel yet: the client is where it came from.
  const isConnection = CONNECTION.test(message);
  if (draft.event['source.ip'] === undefined && (isConnection || type.startsWith('anyconnect_vpn_auth_'))) {
    draft.ip('source.ip', peerOf(message));
    draft.port('source.port', /Peer port[=[](\d{1,5})/.exec(message)?.[1]);
  }
  // In front of `RADIUS[…]` it is the MX, behind it the RADIUS server.
  if (isConnection) {
    draft.ip('destination.ip', /Server IP=([\da-fA-F.:]{2,45})/.exec(message)?.[1]);
    draft.port('destination.port', /Server port=(\d{1,5})/.exec(message)?.[1]);
  }
  if (message.includes(': Session connected.')) setKind(draft, ...LOGIN);
  const ended = DISCONNECTED.exec(message);
  if (!ended) return;
  setKind(draft, ...LOGOUT);
  draft.duration(readClockDuration(ended[1] as string));
  draft.long('destination.bytes', ended[2]);
  draft.long('source.bytes', ended[3]);
  draft.text('event.reason', ended[4]?.trim());
}
