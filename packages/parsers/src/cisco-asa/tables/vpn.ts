import { type Entry, of } from '../entries.ts';
import { readDisconnected, readVpnSession } from '../sessions.ts';
import { says } from '../slots.ts';

const ASSIGNED = ['authentication', 'start', 'assigned'] as const;
const RELEASED = ['authentication', 'end', 'released'] as const;
const POOL = ['network', 'info', 'pool'] as const;
const DROP = ['network', 'denied', 'drop'] as const;
const TLS_FAILED = ['network', 'error', 'handshake failed', 'failure'] as const;

/** IPsec, TLS, clients and their addresses: 113019, 402, 602, 603, 702, 716, 717, 721, 722, 725, 734, 737. */
export const VPN: readonly Entry[] = [
  of('113019', readDisconnected),
  of(
    '113029 113030 113031 113032 113033 113034 113035 113036 113038 113039 716001 716002 716003 716004 716006 716007 716023 716038 716039 716057 716058 716059 722010 722011 722012 722013 722014 722022 722023 722027 722028 722029 722030 722031 722032 722033 722034 722035 722036 722037 722038 722041 722043 722044 722051 722053 722055',
    readVpnSession,
  ),
  of(
    '113040',
    says(
      ['authentication', 'start', 'rejected', 'failure'],
      'Terminating the VPN connection attempt from {group}. Reason: {reason}',
    ),
  ),
  of(
    '402114 402115 402116 402117 402118 402119 402120',
    says(
      DROP,
      'IPSEC: Received an {transport} packet (SPI= {spi}, sequence number= {sequence}) from {source.ip} (user= {user}) to {destination.ip} {reason}',
      'IPSEC: Received an {transport} packet (SPI={spi}, sequence number={sequence}) from {source.ip} (user= {user}) to {destination.ip}. {reason}',
      'IPSEC: Received an {transport} packet (SPI={spi}, sequence number={sequence}) from {source.ip} ({user}) to {destination.ip} {reason}',
      'IPSEC: Received an {transport} packet (SPI={spi}, sequence number={sequence}) from {source.ip} to {destination.ip} {reason}',
      'IPSEC: Received a non-IPsec packet (protocol= {transport}) from {source.ip} to {destination.ip}',
      'IPSEC: Received a non-IPsec ({transport}) packet from {source.ip} to {destination.ip}',
      'IPSEC: Received a non-IPSec packet (protocol= {transport}) from {source.ip} to {destination.ip}',
      'IPSEC: Received a non-IPSec (protocol={transport}) packet from {source.ip} to {destination.ip}',
      'IPSEC: Received a non-IPsec (protocol={transport}) packet from {source.ip} to {destination.ip}',
      'IPSEC: Received a packet from {source.ip} to {destination.ip} containing {reason}',
    ),
  ),
  of(
    '602101',
    says(
      ['network', 'info', 'mtu exceeded'],
      'PMTU-D packet {packet_bytes} bytes greater than effective mtu {mtu}[,] dest_addr={destination.ip}, src_addr={source.ip}, prot={transport}',
    ),
  ),
  of('602303 602304 702305 702307', readSecurityAssociation()),
  of(
    '603104 603106',
    says(
      ASSIGNED,
      '{protocol} Tunnel created, tunnel_id is {session}, remote_peer_ip is {source.ip}, ppp_virtual_interface_id is {ppp_interface}, client_dynamic_ip is {assigned_ip}, username is {user}, MPPE_key_strength is {mppe}',
      '{protocol} Tunnel created, tunnel_id is {session}, remote_peer_ip is {source.ip}, ppp_virtual_interface_id is {ppp_interface}, client_dynamic_ip is {assigned_ip}, username is {user}',
    ),
  ),
  of(
    '603105 603107',
    says(
      RELEASED,
      '{protocol} Tunnel deleted, tunnel_id = {session}, remote_peer_ip = {source.ip}',
      '{protocol} Tunnel deleted, tunnel_id = {session}, remote_peer_ip= {source.ip}',
    ),
  ),
  of(
    '717009 717027',
    says(
      ['authentication', 'error', 'certificate invalid', 'failure'],
      'Certificate validation failed. {reason}',
      'Certificate chain failed validation. {reason}',
    ),
  ),
  of(
    '717022 717028 717029',
    says(
      ['authentication', 'info', 'certificate valid', 'success'],
      'Certificate was successfully validated. serial number: {certificate_serial}, subject name: {certificate_subject}',
      'Certificate was successfully validated. {certificate}',
      'Certificate chain was successfully validated {certificate}',
      'Identified client certificate within certificate chain. serial number: {certificate_serial}, subject name: {certificate_subject}',
    ),
  ),
  of(
    '721016',
    says(
      ['authentication', 'start', 'created', 'success'],
      '({unit}) WebVPN session for client user {user}, IP {source.ip} has been created',
      '({unit}) WebVPN session for client user {user}, IPv4 {source.ip} has been created',
    ),
  ),
  of(
    '721018',
    says(
      ['authentication', 'end', 'deleted'],
      '({unit}) WebVPN session for client user {user}, IP {source.ip} has been deleted',
      '({unit}) WebVPN session for client user {user}, IPv4 {source.ip} has been deleted',
    ),
  ),
  of(
    '725001',
    says(
      ['network', 'start', 'handshake'],
      'Starting SSL handshake with {peer_kind} {source} to {destination} for {tls_version} session',
      'Starting SSL handshake with {peer_kind} {source} for {tls_version} session',
    ),
  ),
  of(
    '725002',
    says(
      ['network', 'start', 'handshake completed', 'success'],
      'Device completed SSL handshake with {peer_kind} {source} to {destination} for {tls_version} session',
      'Device completed SSL handshake with {peer_kind} {source} to {destination}',
      'Device completed SSL handshake with {peer_kind} {source}',
    ),
  ),
  of(
    '725003',
    says(
      ['network', 'start', 'resuming'],
      'SSL {peer_kind} {source} to {destination} requesting to resume previous session',
      'SSL {peer_kind} {source} requesting to resume previous session',
    ),
  ),
  of(
    '725006',
    says(
      TLS_FAILED,
      'Device failed SSL handshake with {peer_kind} {source} to {destination}',
      'Device failed SSL handshake with {peer_kind} {source}',
    ),
  ),
  of(
    '725007',
    says(
      ['network', 'end', 'terminated'],
      'SSL session with {peer_kind} {source} to {destination} terminated',
      'SSL session with {peer_kind} {source} terminated',
    ),
  ),
  of('725014', says(TLS_FAILED, 'SSL lib error. Function: {function} Reason: {reason}')),
  of(
    '725016',
    says(
      ['network', 'info', 'trust-point'],
      'Device selects trust-point {trust_point} for {peer_kind} {source} to {destination}',
      'Device selects trust-point {trust_point} for {peer_kind} {source}',
    ),
  ),
  of(
    '734001',
    says(
      ['authentication', 'info', 'dap'],
      'DAP: User {user}, Addr {source.ip}, Connection {connection}: The following DAP records were selected for this connection: {dap_records}',
    ),
  ),
  of(
    '734002',
    says(
      ['authentication', 'end', 'dap', 'failure'],
      'DAP: User {user}, Addr {source.ip}: Connection terminated by the following DAP records: {dap_records}',
    ),
  ),
  of(
    '734003',
    says(['authentication', 'info', 'dap'], 'DAP: User {user}, Addr {source.ip}: Session Attribute[:] {attribute}'),
  ),
  of(
    '737003',
    says(
      ['network', 'error', 'pool'],
      'IPAA: Session={session}, {reason} for tunnel-group {group}',
      'IPAA: {reason} for tunnel-group {group}',
    ),
  ),
  of(
    '737005 737006',
    says(POOL, 'IPAA: Session={session}, {reason} for tunnel-group {group}', 'IPAA: {reason} for tunnel-group {group}'),
  ),
  of(
    '737015 737016',
    says(
      RELEASED,
      'IPAA: Session={session}, Freeing local pool address {assigned_ip}',
      'IPAA: Session={session}, Freeing local pool {pool} address {assigned_ip}',
      'IPAA: Session={session}, Freeing DHCP address {assigned_ip}',
      'IPAA: Freeing local pool address {assigned_ip}',
      'IPAA: Freeing local pool {pool} address {assigned_ip}',
      'IPAA: Freeing DHCP address {assigned_ip}',
    ),
  ),
  of('737017', says(ASSIGNED, 'IPAA: Session={session}, {reason} succeeded', 'IPAA: {reason} succeeded')),
  of(
    '737026',
    says(
      ASSIGNED,
      'IPAA: Session={session}, Client assigned from local pool {assigned_ip}',
      'IPAA: Session={session}, Client assigned {assigned_ip} from local pool[ {pool}]',
      'IPAA: Client assigned from local pool {assigned_ip}',
      'IPAA: Client assigned {assigned_ip} from local pool[ {pool}]',
    ),
  ),
  of(
    '737034',
    says(['network', 'error', 'pool'], 'IPAA: Session={session}, {address}: {reason}', 'IPAA: {address}: {reason}'),
  ),
];

/** `IPSEC: An inbound remote access SA (SPI= 0x1) between a and b (user= u) has been created.` */
function readSecurityAssociation() {
  const middle = 'SA (SPI={spi}) between {source.ip} and {destination.ip} (user={user})';
  const plain = 'SA (SPI={spi}) between {source.ip} and {destination.ip} ({user})';
  const created = says(
    ['network', 'start', 'created'],
    `IPSEC: An {direction} {sa_kind} ${middle} has been created`,
    `IPSEC: An {direction} {sa_kind} ${plain} has been created`,
  );
  const deleted = says(
    ['network', 'end', 'deleted'],
    `IPSEC: An {direction} {sa_kind} ${middle} has been deleted`,
    `IPSEC: An {direction} {sa_kind} ${plain} has been deleted`,
  );
  const rekeyed = says(
    ['network', 'info', 'rekeying'],
    `IPSEC: An {direction} {sa_kind} ${middle} is rekeying due to {reason}`,
    `IPSEC: An {direction} {sa_kind} ${plain} is rekeying due to {reason}`,
  );
  return (text: string, draft: Parameters<typeof created>[1]) =>
    created(text, draft) || deleted(text, draft) || rekeyed(text, draft);
}
