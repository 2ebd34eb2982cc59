import { readAccessLog, readFlow } from '../access-lists.ts';
import { type IosReader, says } from '../messages.ts';
import { readLogTranslation, readNatCreated, readNatDeleted } from '../translations.ts';

type Entry = readonly [mnemonic: string, reader: IosReader];

const DROP = ['network', 'denied', 'drop'] as const;
const RESPONDER = 'responder ({destination})';

/** Packets, sessions and translations: access lists, zone-based firewall, NAT, IPsec. */
export const TRAFFIC: readonly Entry[] = [
  ...['P', 'DP', 'NP', 'RP', 'S', 'SP'].flatMap((kind) =>
    [
      'SEC-IPACCESSLOG',
      'FMANFP-IPACCESSLOG',
      'FMANFP-IPV6ACCESSLOG',
      'IPV6-ACCESSLOG',
      'IPV6_ACL-ACCESSLOG',
      'ACL-IPACCESSLOG',
      'ACL-IPV6ACCESSLOG',
    ].map((name) => [`${name}${kind}`, readAccessLog] as const),
  ),
  [
    'SEC-IPACCESSLOGRL',
    says(['network', 'info', 'rate-limited'], 'access-list logging rate-limited or missed {packets} packet'),
  ],
  ...['ACLLOG_FLOW_INTERVAL', 'ACLLOG_NEW_FLOW', 'ACLLOG_PKTLOG', 'ACLLOG_PKTLOG_INTERVAL'].map(
    (name) => [`ACLLOG-${name}`, readFlow] as const,
  ),
  [
    'FW-SESS_AUDIT_TRAIL_START',
    says(
      ['network', 'start', 'session started'],
      `(target:class)-({zone_pair}):Start {transport} session: initiator ({source}) -- ${RESPONDER}`,
      `(target:class) ({zone_pair}):Start {transport} session: initiator ({source}) -- ${RESPONDER}`,
      `Start {transport} session: initiator ({source}) -- ${RESPONDER}`,
    ),
  ],
  [
    'FW-SESS_AUDIT_TRAIL',
    says(
      ['network', 'end', 'session stopped'],
      `(target:class)-({zone_pair}):Stop {transport} session: initiator ({source}) sent {sent} bytes -- ${RESPONDER} sent {received} bytes[, from {in}]`,
      `(target:class) ({zone_pair}):Stop {transport} session: initiator ({source}) sent {sent} bytes -- ${RESPONDER} sent {received} bytes[, from {in}]`,
      `Stop {transport} session: initiator ({source}) sent {sent} bytes -- ${RESPONDER} sent {received} bytes`,
      `{transport} session initiator ({source}) sent {sent} bytes -- ${RESPONDER} sent {received} bytes`,
    ),
  ],
  [
    'FW-DROP_PKT',
    says(
      DROP,
      'Dropping {transport} pkt from {in} {source} => {destination}(target:class)-({zone_pair}) due to {reason} with ip ident {ignored}',
      'Dropping {transport} pkt from {in} {source} => {destination} (target:class)-({zone_pair}) due to {reason} with ip ident {ignored}',
      'Dropping {transport} session {source} {destination} on zone-pair {zone_pair} class {rule} due to {reason} with ip ident {ignored}',
      'Dropping {transport} session {source} {destination} due to {reason} with ip ident {ignored}',
      'Dropping {transport} pkt {source} => {destination} due to {reason} with ip ident {ignored}',
      'Dropping {transport} pkt {source} => {destination}',
    ),
  ],
  [
    'FW-PASS_PKT',
    says(
      ['network', 'allowed', 'pass'],
      '(target:class)-({zone_pair}) Passing {transport} pkt {source} => {destination} with ip ident {ignored}',
      'Passing {transport} pkt from {in} {source} => {destination}(target:class)-({zone_pair})',
      'Passing {transport} pkt {source} => {destination}',
    ),
  ],
  ['FW-LOG_SUMMARY', readSummary()],
  [
    'FW-HOST_TCP_ALERT_ON',
    says(
      ['intrusion_detection', 'info', 'alert'],
      '(target:class)-({zone_pair}):Max tcp half-open connections ({limit}) exceeded for host {destination.ip}',
      'Max tcp half-open connections ({limit}) exceeded for host {destination.ip}',
    ),
  ],
  [
    'IPS-SIGNATURE',
    says(
      ['intrusion_detection', 'info', 'signature'],
      'Sig:{signature} Subsig:{subsignature} Sev:{risk} {rule} \\[{source} -> {destination}\\]',
    ),
  ],
  [
    'FW-HTTP_JAVA_BLOCK',
    says(['web', 'denied', 'blocked'], 'JAVA applet is blocked from ({source}) to ({destination})'),
  ],
  [
    'URLF-SITE_BLOCKED',
    says(['web', 'denied', 'blocked'], "Access denied for the site '{site}', client {source} server {destination}"),
  ],
  [
    'URLF-URL_BLOCKED',
    says(['web', 'denied', 'blocked'], "Access denied URL '{url}', client {source} server {destination}"),
  ],
  [
    'URLF-URL_ALLOWED',
    says(['web', 'allowed', 'allowed'], "Access allowed for URL '{url}', client {source} server {destination}"),
  ],
  ['IPNAT-CREATED', readNatCreated],
  ['IPNAT-DELETED', readNatDeleted],
  ['IPNAT-NAT_CREATED', readNatCreated],
  ['IPNAT-NAT_DELETED', readNatDeleted],
  ['NAT-LOG_TRANSLATION', readLogTranslation],
  [
    'TCP-BADAUTH',
    says(DROP, '{reason} from {source} to {destination} ({ignored}', '{reason} from {source} to {destination}'),
  ],
  [
    'CRYPTO-SESSION_STATUS',
    readTunnel(
      'Crypto tunnel is {state} .{ignored}Peer {source} {ignored}Id: {peer_id}',
      'Crypto tunnel is {state}.{ignored}Peer {source} {ignored}Id: {peer_id}',
      'Crypto tunnel is {state} .{ignored}Peer {source} {peer_id}',
      'Crypto tunnel is {state}.{ignored}Peer {source} {peer_id}',
    ),
  ],
  [
    'CRYPTO-IKEV2_SESSION_STATUS',
    readTunnel(
      'Crypto tunnel v2 is {state}. Peer {source} f_vrf: {front_vrf} i_vrf: {inside_vrf} Id: {peer_id}',
      'Crypto tunnel v2 is {state}.{ignored}Peer {source} {peer_id}',
    ),
  ],
  [
    'CRYPTO-RECVD_PKT_NOT_IPSEC',
    says(
      DROP,
      "Rec'd packet not an IPSEC packet. (ip) vrf/dest_addr= {ignored}/{destination.ip}, src_addr= {source.ip}, prot= {transport}",
    ),
  ],
  [
    'CRYPTO-RECVD_PKT_INV_SPI',
    says(
      DROP,
      "decaps: rec'd IPSEC packet has invalid spi for destaddr={destination.ip}, prot={transport}, spi={spi}, srcaddr={source.ip}, input interface={in}",
      "decaps: rec'd IPSEC packet has invalid spi for destaddr={destination.ip}, prot={transport}, spi={spi}, srcaddr={source.ip}",
    ),
  ],
  [
    'CRYPTO-IKMP_MODE_FAILURE',
    says(
      ['network', 'error', 'negotiation failed', 'failure'],
      'Processing of {mode} mode failed with peer at {source.ip}',
    ),
  ],
  [
    'CRYPTO-IKMP_BAD_MESSAGE',
    says(['network', 'error', 'negotiation failed', 'failure'], 'IKE message from {source.ip} {reason}'),
  ],
  [
    'CRYPTO-IKMP_NOT_ENCRYPTED',
    says(['network', 'error', 'negotiation failed', 'failure'], 'IKE packet from {source.ip} was {reason}'),
  ],
  [
    'CRYPTO-IKMP_NO_PRESHARED_KEY',
    says(['network', 'error', 'negotiation failed', 'failure'], '{reason} for remote peer at {source.ip}'),
  ],
  [
    'IPSEC-REPLAY_ERROR',
    says(DROP, '{reason}, DP Handle {handle}, src_addr {source.ip}, dest_addr {destination.ip}, SPI {spi}'),
  ],
];

/** A tunnel's state: `UP` begins it, `DOWN` ends it. */
function readTunnel(...templates: readonly string[]): IosReader {
  const read = says(['network', 'info', 'tunnel'], ...templates);
  return (text, draft) => {
    if (!read(text, draft)) return false;
    const up = / is (UP|DOWN)\b/.exec(text.slice(0, 64))?.[1];
    if (up !== undefined) draft.event['event.type'] = up === 'UP' ? 'start' : 'end';
    return true;
  };
}

/** `8 tcp packets were passed from a => b (target:class)-(zp:class)`, or dropped. */
function readSummary(): IosReader {
  const template = (verb: string) =>
    ['{transport} packet[s] were', '{transport} packet was', 'packet[s] were', 'packet was'].flatMap((lead) =>
      [' (target:class)-({zone_pair})', '(target:class)-({zone_pair})', ''].map(
        (tail) => `{packets} ${lead} ${verb} from {source} => {destination}${tail}`,
      ),
    );
  const passed = says(['network', 'allowed', 'pass'], ...template('passed'));
  const dropped = says(DROP, ...template('dropped'));
  // IOS-XE names the interface before the address.
  const interfaces = / from ([A-Z][^\s:]{1,64}) (?=\S{1,64} => )/;
  return (text, draft) => {
    const from = interfaces.exec(text.slice(0, 256));
    const said = from ? text.replace(interfaces, ' from ') : text;
    if (!passed(said, draft) && !dropped(said, draft)) return false;
    draft.text('observer.ingress.interface.name', from?.[1]);
    return true;
  };
}
