import { type Entry, of } from '../entries.ts';
import { says } from '../slots.ts';

const DENY = ['network', 'denied', 'deny'] as const;
const DROP = ['network', 'denied', 'drop'] as const;
const LIMIT = ['network', 'denied', 'limit exceeded'] as const;

/** Packets and connections that were refused, and limits: 106, 110, 2xx, 31x, 32x, 4xx, 5xx, 71x. */
export const TRAFFIC: readonly Entry[] = [
  of(
    '106002',
    says(
      DENY,
      '{transport} Connection denied by outbound list {rule} src {source} dest {destination}',
      '{transport} connection denied by outbound list {rule} src {source.ip} {source.port} dest {destination.ip} {destination.port}',
    ),
  ),
  of('106013', says(DROP, 'Dropping echo request from {source} to PAT address {destination}')),
  of(
    '106018',
    says(DENY, 'ICMP packet type {icmp_type} denied by outbound list {rule} src {source} dest {destination}'),
  ),
  of('106027', says(DENY, 'Deny src {source} dst {destination} by access-group {rule}')),
  of('110002', says(DROP, 'Failed to locate egress interface for {transport} from {source} to {destination}')),
  of(
    '110003',
    says(
      DROP,
      'Routing failed to locate next-hop for {transport} from {source} to {destination}',
      'Routing failed to locate next hop for {transport} from {source} to {destination}',
    ),
  ),
  of('201002', says(LIMIT, 'Too many {transport} connections on {translation} {destination}! {connections}')),
  of(
    '201003',
    says(LIMIT, 'Embryonic limit exceeded {connections} for {source} ({mapped}) {destination} on interface {in}'),
  ),
  of('201009', says(LIMIT, '{transport} connection limit of {limit} for host {source.ip} on {in} exceeded')),
  of(
    '201010 201011',
    says(
      LIMIT,
      'Embryonic connection limit exceeded {connections} for {direction} packet from {source} to {destination} on interface {in}',
      'Connection limit exceeded {connections} for {direction} packet from {source} to {destination} on interface {in}',
    ),
  ),
  of(
    '201012 201013',
    says(
      LIMIT,
      'Per-client embryonic connection limit exceeded {connections} for {direction} packet from {source} to {destination} on interface {in}',
      'Per-client connection limit exceeded {connections} for {direction} packet from {source} to {destination} on interface {in}',
    ),
  ),
  of(
    '202010',
    says(
      DROP,
      '{pool_type} pool exhausted for {pool}, port range {port_block}. Unable to create {transport} connection from {source} to {destination}',
      '{pool_type} pool exhausted. Unable to create {transport} connection from {source} to {destination}',
    ),
  ),
  of(
    '209003 209004 209005',
    says(DROP, '{reason}: src = {source.ip}, dest = {destination.ip}, proto = {transport}, id = {fragment_id}'),
  ),
  of('212006', says(DROP, 'Dropping SNMP request from {source} to {destination} because: {reason}')),
  of(
    '304001',
    says(['web', 'allowed', 'accessed'], '{visitor} Accessed JAVA URL {page}', '{visitor} Accessed URL {page}'),
  ),
  of(
    '313001 313008',
    says(DENY, 'Denied {transport} type={icmp_type}, code={icmp_code} from {source.ip} on interface {in}'),
  ),
  of(
    '313004',
    says(
      DENY,
      'Denied {transport} type={icmp_type}, from laddr {source.ip} on interface {in} to {destination.ip}:{reason}',
      'Denied {transport} type={icmp_type}, from {source.ip} on interface {in} to {destination.ip}:{reason}',
    ),
  ),
  of(
    '313005',
    says(
      DENY,
      'No matching connection for ICMP error message: {transport} src {source} dst {destination} (type {icmp_type}, code {icmp_code}) on {interface} interface[{ignored}Original IP payload: {original_payload}]',
    ),
  ),
  of(
    '313009',
    says(
      DENY,
      'Denied invalid {transport} code {icmp_code}, for {icmp_source} to {icmp_destination}, ICMP id {icmp_id}, ICMP type {icmp_type}',
    ),
  ),
  of('322001', says(DENY, 'Deny MAC address {mac}, possible spoof attempt on interface {in}')),
  of(
    '322002 322003',
    says(
      DENY,
      'ARP inspection check failed for arp {arp} received from host {mac} on interface {in}. This host is advertising MAC Address {advertised_mac} for IP Address {source.ip}, which is {reason}',
    ),
  ),
  of(
    '401002',
    says(
      ['network', 'info', 'shun added'],
      'Shun added: {source.ip} 0.0.0.0 0 0',
      'Shun added: {source.ip} {destination.ip} {source.port} {destination.port}',
    ),
  ),
  of('401003', says(['network', 'info', 'shun deleted'], 'Shun deleted: {source.ip}')),
  of(
    '401004',
    says(
      DENY,
      'Shunned packet: {source.ip} ==> {destination.ip} on interface {in}',
      'Shunned packet: {source.ip} = {destination.ip} on interface {in}',
    ),
  ),
  of(
    '405001',
    says(
      ['network', 'error', 'arp collision'],
      'Received ARP {arp} collision from {source.ip}/{mac} on interface {in} with existing ARP entry {existing_entry}',
      'Received ARP {arp} collision from {source.ip}/{mac} on interface {in}',
    ),
  ),
  of(
    '405002',
    says(
      ['network', 'error', 'mac mismatch'],
      'Received mac mismatch collision from {source.ip}/{mac} for authenticated host',
    ),
  ),
  of(
    '405003',
    says(
      ['network', 'error', 'address collision'],
      'IP address collision detected between host {source.ip} at {mac} and interface {in}, {interface_mac}',
    ),
  ),
  of('406001', says(DENY, 'FTP port command low port: {source} to {destination} on interface {in}')),
  of(
    '406002',
    says(
      DENY,
      'FTP port command different address: {source.ip}({given_address}) to {destination.ip} on interface {in}',
    ),
  ),
  of('407001', says(DENY, 'Deny traffic for local-host {source}, license limit of {limit} exceeded')),
  of(
    '407002',
    says(
      LIMIT,
      'Embryonic limit {connections} for through connections exceeded.{source} to {mapped_destination} ({destination.ip})/{destination.port} on interface {in}',
    ),
  ),
  of('412001', says(['network', 'info', 'moved'], 'MAC {mac} moved from {in} to {out}')),
  of(
    '418001',
    says(
      DENY,
      'Through-the-device packet to/from management-only network is denied: {transport} src {source} dst {destination}',
      'Through-the-device packet to/from management-only network is denied: {transport} from {in} {source.ip} ({source.port}) to {out} {destination.ip} ({destination.port})',
    ),
  ),
  of('419001', says(DROP, 'Dropping {transport} packet from {source} to {destination}, reason: {reason}')),
  of(
    '419002',
    says(
      DROP,
      'Received duplicate {transport} SYN from {source} to {destination} with {reason}',
      'Duplicate {transport} SYN from {source} to {destination} with {reason}',
    ),
  ),
  of('419003', says(['network', 'info', 'cleared'], 'Cleared {transport} urgent flag from {source} to {destination}')),
  of(
    '420002 420003',
    says(
      DROP,
      'IPS requested to drop {transport} packet from {source} to {destination}',
      'IPS requested to drop {transport} packets {source} to {destination} (type {icmp_type}, code {icmp_code})',
      'IPS requested to reset {transport} connection from {source} to {destination}',
    ),
  ),
  of(
    '424001 424002',
    says(
      DENY,
      'Packet denied {transport} {source} {destination}. {reason}',
      'Connection to the backup interface is denied: {transport} {source} {destination}',
    ),
  ),
  of(
    '434001 434002 434003',
    says(
      DROP,
      '{reason}, dropping {transport} packet from {source} to {destination}',
      'SFR requested to drop {transport} packet from {source} to {destination}',
      'SFR requested to reset {transport} connection from {source} to {destination}',
    ),
  ),
  of(
    '434004',
    says(
      ['network', 'allowed', 'bypass'],
      'SFR requested {ignored} to bypass further packet redirection and process {transport} flow from {source} to {destination} locally',
    ),
  ),
  of(
    '500003',
    says(
      DROP,
      'Bad {transport} hdr length ({tcp_lengths}) from {source} to {destination}, flags: {tcp_flags}, on interface {in}',
    ),
  ),
  of('500004', says(DROP, 'Invalid transport field for protocol={transport}, from {source} to {destination}')),
  of('507001', says(DROP, 'Terminating TCP-Proxy connection from {source} to {destination} - {reason}')),
  of(
    '507003',
    says(
      ['network', 'end', 'terminated'],
      '{transport} flow from {source} to {destination} terminated by inspection engine, reason - {reason}',
    ),
  ),
  of('509001', says(DENY, 'Connection attempt from {source} to {destination} was prevented by {reason}')),
  of('710001', says(['network', 'info', 'requested'], '{transport} access requested from {source} to {destination}')),
  of(
    '710002',
    says(['network', 'allowed', 'permitted'], '{transport} access permitted from {source} to {destination}'),
  ),
  of(
    '710004',
    says(
      LIMIT,
      '{transport} connection limit exceeded from {source} to {destination} ([current connections/connection limit = ]{connections})',
    ),
  ),
  of('710005 710006', says(DENY, '{transport} request discarded from {source} to {destination}')),
  of('710007', says(['network', 'info', 'keepalive'], 'NAT-T keepalive received from {source} to {destination}')),
];
