import { type Entry, of } from '../entries.ts';
import { says } from '../slots.ts';

const PRE_ALLOCATED = ['network', 'info', 'pre-allocated'] as const;
const DROP = ['network', 'denied', 'drop'] as const;
const FILTER = [
  '{verdict} black listed {transport} traffic',
  '{verdict} blacklisted {transport} traffic',
  '{verdict} white listed {transport} traffic',
  '{verdict} whitelisted {transport} traffic',
  '{verdict} grey listed {transport} traffic',
  '{verdict} greylisted {transport} traffic',
];
const BOTNET = FILTER.flatMap((lead) =>
  ['filter', 'Filter'].flatMap((word) => [
    `Dynamic ${word} ${lead} from {source} to {destination}, {resolved_side} {resolved_address} resolved from {list} list: {listed_name}, threat-level: {threat_level}, category: {threat_category}`,
    `Dynamic ${word} ${lead} from {source} to {destination}, {resolved_side} {resolved_address} resolved from {list} list: {listed_name}`,
  ]),
);

/** What application inspection, filtering and the botnet filter say: 108, 303, 304, 314, 338, 400, 41x, 6xx. */
export const INSPECTION: readonly Entry[] = [
  of(
    '108002',
    says(['network', 'info', 'replaced'], 'SMTP replaced {string}: out {destination.ip} in {source.ip} data: {data}'),
  ),
  of(
    '108003',
    says(
      ['network', 'denied', 'terminated'],
      'Terminating {protocol} connection; {reason} from {source} to {destination}. Data:{data}',
    ),
  ),
  of(
    '302003 302004',
    says(
      PRE_ALLOCATED,
      'Built {protocol} connection for foreign_address {destination} local_address {source}',
      'Pre-allocate {protocol} {transport} backconnection for foreign_address {destination} to local_address {source}',
    ),
  ),
  of('302012', says(PRE_ALLOCATED, 'Pre-allocate {connection} for faddr {destination} to laddr {source}')),
  of(
    '303002',
    says(
      ['network', 'allowed', 'transferred'],
      '{protocol} connection from {source} to {destination}, user {user} {transfer} file {file}',
    ),
  ),
  of(
    '303004 303005',
    says(
      DROP,
      'FTP {command} command unsupported - {reason} from {source} to {destination}',
      'Strict FTP inspection matched {match} in policy-map {rule}, {reason} from {source} to {destination}',
    ),
  ),
  of(
    '304002',
    says(
      ['web', 'denied', 'access denied'],
      'Access denied URL {url} SRC {source} DEST {destination} on interface {in}',
      'Access denied URL {url} SRC {source} DEST {destination}: {reason}',
      'Access denied URL {url} SRC {source} DEST {destination}',
    ),
  ),
  of('304003 304004', says(['web', 'error', 'url server'], 'URL Server {url_server} {reason} URL {url}')),
  of(
    '314001 314002',
    says(
      PRE_ALLOCATED,
      'Pre-allocated RTSP UDP backconnection for {source} to {destination}',
      'RTSP failed to allocate UDP media connection from {source} to {destination}: {reason}',
    ),
  ),
  of('314003', says(DROP, 'Dropped RTSP traffic from {source} due to: {reason}')),
  of('314004', says(['web', 'allowed', 'accessed'], 'RTSP client {source} accessed RTSP URL {url}')),
  of('314005', says(['web', 'denied', 'access denied'], 'RTSP client {source} denied access to URL {url}')),
  of(
    '338001 338002 338003 338004 338101 338102 338103 338104 338201 338202',
    says(['network', 'allowed', 'botnet traffic'], ...BOTNET),
  ),
  of('338005 338006 338007 338008 338203 338204', says(['network', 'denied', 'botnet traffic'], ...BOTNET)),
  of(
    '338301',
    says(
      ['network', 'info', 'intercepted'],
      'Intercepted DNS reply for domain {domain} from {source} to {destination}, matched {list}',
      'Intercepted DNS reply for name {domain} from {source} to {destination}, matched {list}',
    ),
  ),
  of('410001', says(DROP, 'Dropped {transport} DNS {dns_message} from {source} to {destination}; {reason}')),
  of('416001', says(DROP, 'Dropped {transport} SNMP packet from {source} to {destination}; {reason}')),
  of(
    '431001 431002',
    says(
      DROP,
      'RTP conformance: Dropping RTP packet from {source} to {destination}, Drop reason: {reason}',
      'RTCP conformance: Dropping RTCP packet from {source} to {destination}, Drop reason: {reason}',
    ),
  ),
  of(
    '607001',
    says(
      PRE_ALLOCATED,
      'Pre-allocate SIP {connection} secondary channel for {source} to {destination} from {sip_message} message',
    ),
  ),
  of(
    '607003',
    says(
      ['network', 'info', 'inspected'],
      '{action_class}: Received SIP {sip_message} from {source} to {destination}; {reason}',
    ),
  ),
  of(
    '608001',
    says(
      PRE_ALLOCATED,
      'Pre-allocate Skinny {connection} secondary channel for {source} to {destination} from {skinny_message} message',
    ),
  ),
  of(
    '616001',
    says(
      PRE_ALLOCATED,
      'Pre-allocate MGCP {connection} connection for {source} to {destination} from {mgcp_message} message',
    ),
  ),
  of(
    '620001',
    says(
      PRE_ALLOCATED,
      'Pre-allocate CTIQBE {connection} secondary channel for {source} to {destination} from {ctiqbe_message} message',
    ),
  ),
  of(
    '620002',
    says(
      ['network', 'error', 'unsupported version'],
      'Unsupported CTIQBE version: {ctiqbe_version}: from {source} to {destination}',
    ),
  ),
  of(
    '733100',
    says(
      ['network', 'info', 'rate exceeded'],
      '\\[{object}\\] drop {rate} exceeded. Current burst rate is {burst_rate} per second, max configured rate is {max_burst_rate}; Current average rate is {average_rate} per second, max configured rate is {max_average_rate}; Cumulative total count is {total}',
      '\\[{object}\\] drop {rate} exceeded. Current burst rate is {burst_rate} per second',
    ),
  ),
  of(
    '733101',
    says(
      ['intrusion_detection', 'info', 'threat'],
      'Object {object} ({reason})',
      'Host {source.ip} is {reason}. Current burst rate',
      'Subnet {subnet} is {reason}. Current burst rate',
    ),
  ),
  of(
    '733102',
    says(['intrusion_detection', 'denied', 'shun added'], 'Threat-detection adds host {source.ip} to shun list'),
  ),
  of(
    '733103',
    says(['intrusion_detection', 'info', 'shun deleted'], 'Threat-detection removes host {source.ip} from shun list'),
  ),
];
