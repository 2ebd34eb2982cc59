import type { EventDraft } from '../event/draft.ts';
import { canonicalIp } from '../values/ip.ts';
import { leaseAction } from './address-text.ts';
import { isNothing } from './fields.ts';
import type { JunosFields } from './flow-text.ts';

/** By the beginning of the tag; the first that fits. `action` is what the tag says when no field of the record does. */
const KINDS: readonly (readonly [tag: RegExp, category: string, type: string, action?: string])[] = [
  [/^(?:RT_FLOW|APPTRACK)_SESSION_CREATE/, 'network', 'start', 'create'],
  [/^(?:RT_FLOW|APPTRACK)_SESSION_CLOSE/, 'network', 'end', 'close'],
  [/^RT_FLOW_SESSION_DENY/, 'network', 'denied', 'deny'],
  [/^APPTRACK_SESSION/, 'network', 'info', 'update'],
  [/^RT_SCREEN/, 'intrusion_detection', 'denied'],
  [/^IDP_/, 'intrusion_detection', 'info'],
  [/^WEBFILTER_URL_(?:BLOCKED|REDIRECTED)/, 'web', 'denied', 'blocked'],
  [/^WEBFILTER_URL_PERMITTED/, 'web', 'allowed', 'permitted'],
  [/^(?:WEBFILTER|CONTENT_FILTERING_BLOCKED)/, 'web', 'denied', 'blocked'],
  [/^AV_VIRUS_DETECTED/, 'malware', 'denied', 'detected'],
  [/^AV_\w{1,40}(?:DROP|BLOCK)/, 'malware', 'denied', 'dropped'],
  [/^(?:AV|AAMW|SRX_AAMW|SMS)_/, 'malware', 'info'],
  [/^SECINTEL/, 'intrusion_detection', 'info'],
  [/^ANTISPAM/, 'email', 'denied'],
  [
    /^(?:UI_LOGIN_EVENT|LOGIN_INFORMATION|LOGIN_ROOT|UI_AUTH_EVENT|DOT1XD_USR_AUTHENTICATED)/,
    'authentication',
    'start',
    'login',
  ],
  [
    /^(?:SSHD_LOGIN_FAILED|SNMPD_AUTH_FAIL|LOGIN_FAILED|LOGIN_PAM|DOT1XD_USR_ACCESS_DENIED|UI_LOGIN_FAILED|SSHD_LOGIN_ATTEMPTS|FWAUTH_\w{1,32}FAIL)/,
    'authentication',
    'start',
    'failed',
  ],
  [/^FWAUTH_\w{1,32}ACCEPTED/, 'authentication', 'start', 'accepted'],
  [/^(?:UI_LOGOUT_EVENT|DOT1XD_USR_(?:LOGGED_OUT|SESSION_DISCONNECTED))/, 'authentication', 'end', 'logout'],
  [/^UI_(?:COMMIT|CFG|CMDLINE|LOAD|DBASE)/, 'configuration', 'change'],
  [/^(?:KMD|IKE)_VPN_UP/, 'network', 'start', 'up'],
  [/^(?:KMD|IKE)_VPN_DOWN/, 'network', 'end', 'down'],
  [/^KMD_PM_SA_ESTABLISHED/, 'network', 'start', 'established'],
  [/^(?:RT_SRC_NAT_PBA_ALLOC|JSERVICES_NAT_PORT_BLOCK_ALLOC)/, 'network', 'start', 'allocated'],
  [/^(?:RT_SRC_NAT_PBA_RELEASE|JSERVICES_NAT_PORT_BLOCK_RELEASE)/, 'network', 'end', 'released'],
  [/^(?:RT_SRC_NAT|RT_NAT|JSERVICES_NAT)_/, 'network', 'info'],
  [/^JSERVICES_SESSION_OPEN/, 'network', 'start', 'open'],
  [/^JSERVICES_SESSION_CLOSE/, 'network', 'end', 'close'],
  [/^(?:DH_SVC|JDHCPD|DHCPD|DHCP_SVC)_/, 'network', 'info'],
  [/^KMD_$/, 'network', 'info', 'negotiation'],
  [/^(?:KMD|IKE|IPSEC)_/, 'network', 'info'],
  [/^PFE_FW_SYSLOG/, 'network', 'info'],
];
const LEASES = /^(?:DH_SVC|JDHCPD|DHCPD|DHCP_SVC)_/;
const PASSES = /permit|accept|none|no_action|alarm-without-drop|log|redirected-not/i;
const STOPS = /drop|block|close|den(?:y|ied)|reject|discard|reset/i;
/** Commands that change nothing. */
const LOOKS = /^(?:run )?(?:show|monitor|ping|traceroute|exit|quit|help|file (?:list|show|compare))\b/;
const SEVERITIES = new Map([
  ['info', 1],
  ['low', 2],
  ['minor', 2],
  ['medium', 3],
  ['major', 3],
  ['high', 4],
  ['critical', 5],
]);

/** Category, type, action and outcome of a tag, and the fields that mean different things under different tags. */
export function classify(draft: EventDraft, tag: string, fields: JunosFields): void {
  const { event } = draft;
  const kind = KINDS.find(([mark]) => mark.test(tag));
  event['event.category'] = kind?.[1] ?? 'host';
  event['event.type'] = kind?.[2] ?? 'info';
  if (LEASES.test(tag)) readLeaseKind(draft, tag);
  const action = event['event.action'];
  if (action !== undefined && event['event.type'] !== 'start' && event['event.type'] !== 'end') {
    event['event.type'] =
      STOPS.test(action) && !PASSES.test(action) ? 'denied' : PASSES.test(action) ? 'allowed' : 'info';
  } else event['event.action'] ??= kind?.[3] ?? tag.replace(/_LS$/, '').toLowerCase();
  if (event['event.category'] === 'authentication' && event['event.type'] === 'start') {
    event['event.outcome'] = event['event.action'] === 'failed' ? 'failure' : 'success';
  }
  readSeverity(draft, fields.get('threat-severity'));
  if (tag.startsWith('AV_')) readScanned(draft, fields);
  else readUrl(draft, fields);
  readConnection(draft, fields.get('ssh-connection'));
  if (event['event.reason'] === undefined && !isNothing(fields.get('message'))) {
    draft.text('event.reason', fields.get('message'));
  }
  readTunnelEnds(draft, fields);
  if (event['event.action'] === 'negotiation' && event['event.reason'] !== undefined) {
    event['event.type'] = 'error';
    event['event.outcome'] = 'failure';
  }
  const nested = fields.get('nested-application');
  // `FACEBOOK` inside `HTTP`: the inner one is what the person used.
  if (!isNothing(nested)) draft.lower('network.application', nested);
  if (event['event.type'] === 'start') draft.drop('event.duration');
  if (tag.startsWith('UI_CMDLINE') && LOOKS.test(fields.get('command') ?? '')) event['event.type'] = 'access';
  dropNoPorts(draft);
}

/** ICMP that was denied has zeros in the ports' places. */
function dropNoPorts(draft: EventDraft): void {
  const { event } = draft;
  if (event['network.transport'] !== 'icmp' && event['network.transport'] !== 'ipv6-icmp') return;
  for (const field of ['source.port', 'destination.port'] as const) if (event[field] === 0) draft.drop(field);
}

/** Address, MAC and host of a lease are set; `GET_BOUND` begins it, `RELEASE` and `LEASE_TIMEOUT` end it. */
function readLeaseKind({ event }: EventDraft, tag: string): void {
  const action = leaseAction(tag);
  event['network.protocol'] = 'dhcp';
  if (action === undefined) return;
  event['event.action'] = action;
  event['event.type'] = action === 'assigned' ? 'start' : 'end';
}

function readSeverity(draft: EventDraft, word: string | undefined): void {
  if (word === undefined) return;
  const number = SEVERITIES.get(word.toLowerCase());
  if (number === undefined) draft.long('event.severity', word);
  else draft.event['event.severity'] = number;
}

/** Antivirus writes the address in place of the file's name, and the virus's name in place of the address. */
function readScanned(draft: EventDraft, fields: JunosFields): void {
  const file = fields.get('filename') ?? '';
  draft.text('event.reason', fields.get('name'));
  if (file.includes('/')) draft.text('url.original', file);
  draft.text('file.name', file.slice(file.lastIndexOf('/') + 1));
}

/** Web filtering writes host and path apart. */
function readUrl(draft: EventDraft, fields: JunosFields): void {
  if (!isNothing(fields.get('filename'))) draft.text('file.name', fields.get('filename'));
  const url = fields.get('url');
  if (url === undefined || isNothing(url)) return;
  const path = fields.get('obj');
  draft.text('url.original', isNothing(path) ? url : `${url}${path}`);
  if (path === undefined) return;
  draft.text('url.domain', url);
  draft.text('url.path', path);
}

/** `ssh-connection`: client, its port, server, its port. */
function readConnection(draft: EventDraft, text: string | undefined): void {
  const [client = '', port, server = '', serverPort] = (text ?? '').split(' ', 4);
  if (canonicalIp(client) === undefined) return;
  draft.ip('source.ip', client);
  draft.port('source.port', port);
  if (canonicalIp(server) === undefined) return;
  draft.ip('destination.ip', server);
  draft.port('destination.port', serverPort);
}

/** The ends of a tunnel: who sends is the source. */
function readTunnelEnds({ event }: EventDraft, fields: JunosFields): void {
  const local = canonicalIp(fields.get('local-address') ?? '');
  if (local === undefined) return;
  const outbound = fields.get('argument1') === 'outbound' && event['source.ip'] !== undefined;
  if (outbound) event['destination.ip'] = event['source.ip'] as string;
  event[outbound ? 'source.ip' : 'destination.ip'] = local;
}
