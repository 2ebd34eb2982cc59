import { type IosReader, leniently, says } from '../messages.ts';

type Entry = readonly [mnemonic: string, reader: IosReader];

const LOGIN = ['authentication', 'start', 'login', 'success'] as const;
const LOGIN_FAILED = ['authentication', 'start', 'login failed', 'failure'] as const;
const LOGOUT = ['authentication', 'end', 'logout'] as const;
const ADDED = ['network', 'start', 'binding added'] as const;
const REMOVED = ['network', 'end', 'binding removed'] as const;
/** Behind `for client (mac)`; newer versions add the user. */
const ON_INTERFACE = [
  'with reason ({reason}) on Interface {in} AuditSessionID {session}',
  'on Interface {in} AuditSessionID {session}. Failure reason: {reason}',
  'on Interface {in} AuditSessionID {session}. Failure Reason: {reason}',
  'on Interface {in} AuditSessionID {session}.',
  'on Interface {in} AuditSessionID {session}',
  'on Interface {in} AuditSessionID',
  'on Interface {in}',
].flatMap((tail) => [`${tail} Username: {user}`, tail]);
const clients = (lead: string) => ON_INTERFACE.map((tail) => `${lead} for client ({mac}) ${tail}`);

const SNOOPED = says(
  ['network', 'denied', 'drop'],
  'DHCP_SNOOPING drop message {reason}, message type: {dhcp_message}, chaddr: {client_mac}, MAC sa: {mac}',
  'DHCP_SNOOPING drop message {reason}, message type: {dhcp_message}, MAC sa: {mac}',
);

/** Sign-ins to the device, 802.1X, clients of access points, and bindings of addresses to MACs. */
export const PEOPLE: readonly Entry[] = [
  ['SSH-SSH2_USERAUTH', readByEnd()],
  ['SSH-SSH_USERAUTH', readByEnd()],
  [
    'SSH-SSH_SESSION',
    says(
      ['network', 'start', 'ssh session'],
      "SSH Session request from {source.ip} (tty = {line}) using crypto cipher '{cipher}' {result}",
      'SSH Session request from {source.ip} (tty = {line}) {result}',
    ),
  ],
  [
    'SSH-SSH_CLOSE',
    says(
      LOGOUT,
      "SSH Session from {source.ip} (tty = {line}) for user '{user}' using crypto cipher '{cipher}' {result}",
    ),
  ],
  [
    'SSH-SSH2_SESSION',
    says(
      ['network', 'start', 'ssh session'],
      "SSH2 Session request from {source.ip} (tty = {line}) using crypto cipher '{cipher}', hmac '{hmac}' {result}",
      'SSH2 Session request from {source.ip} (tty = {line}) {result}',
    ),
  ],
  [
    'SSH-SSH2_CLOSE',
    says(
      LOGOUT,
      "SSH2 Session from {source.ip} (tty = {line}) for user '{user}' using crypto cipher '{cipher}', hmac '{hmac}' {result}",
    ),
  ],
  [
    'SYS-TTY_EXPIRE_TIMER',
    says(LOGOUT, '({reason}, tty {line} ({source.ip})), user {user}', '({reason}, tty {line} ({source.ip}))'),
  ],
  [
    'SYS-PRIV_AUTH_PASS',
    says(
      ['authentication', 'change', 'privilege changed', 'success'],
      'Privilege level set to {privilege} by {user} on {line} ({source.ip})',
      'Privilege level set to {privilege} by {user} on {line}',
    ),
  ],
  [
    'SYS-PRIV_AUTH_FAIL',
    says(
      ['authentication', 'change', 'privilege changed', 'failure'],
      'Authentication to privilege level {privilege} failed by {user} on {line} ({source.ip})',
      'Authentication to privilege level {privilege} failed by {user} on {line}',
    ),
  ],
  ['SNMP-AUTHFAIL', says(LOGIN_FAILED, 'Authentication failure for {protocol} req from host {source.ip}')],
  ['DOT1X-SUCCESS', says(LOGIN, ...clients('Authentication successful'))],
  ['DOT1X-FAIL', says(LOGIN_FAILED, ...clients('Authentication failed'))],
  ['MAB-SUCCESS', says(LOGIN, ...clients('Authentication successful'))],
  ['MAB-FAIL', says(LOGIN_FAILED, ...clients('Authentication failed'))],
  ['AUTHMGR-START', says(['authentication', 'info', 'started'], ...clients("Starting '{method}'"))],
  ['AUTHMGR-SUCCESS', says(LOGIN, ...clients('Authorization succeeded'))],
  [
    'AUTHMGR-FAIL',
    says(LOGIN_FAILED, ...clients('Authorization failed or unapplied'), ...clients('Authorization failed')),
  ],
  [
    'AUTHMGR-RESULT',
    says(['authentication', 'info', 'result'], ...clients("Authentication result '{result}' from '{method}'")),
  ],
  [
    'AUTHMGR-VLANASSIGN',
    says(
      ['authentication', 'info', 'vlan assigned'],
      'VLAN {vlan} assigned to Interface {in} AuditSessionID {session}',
    ),
  ],
  [
    'AUTHMGR-SECURITY_VIOLATION',
    says(
      ['network', 'denied', 'security violation'],
      'Security violation on the interface {in}, new MAC address ({mac}) is seen',
    ),
  ],
  ['SESSION_MGR-START', says(['authentication', 'info', 'started'], ...clients("Starting '{method}'"))],
  ['SESSION_MGR-SUCCESS', says(LOGIN, ...clients('Authorization succeeded'))],
  [
    'SESSION_MGR-FAIL',
    says(LOGIN_FAILED, ...clients('Authorization failed or unapplied'), ...clients('Authorization failed')),
  ],
  [
    'CLIENT_ORCH_LOG-CLIENT_ADDED_TO_RUN_STATE',
    says(
      LOGIN,
      'Username entry ({user}) joined with ssid ({ssid}) for device with MAC: {mac} on channel ({channel})',
      'Username entry ({user}) joined with ssid ({ssid}) for device with MAC: {mac}',
      'Username ({user}), MAC: {mac}, IP {source.ip} associated to AP ({access_point}) with SSID ({ssid})',
    ),
  ],
  [
    'APF-AUTHENTICATION_TRAP',
    says(
      LOGIN,
      'Client Authenticated: MACAddress:{mac} Base Radio MAC:{radio_mac} Slot:{slot} User Name:{user} Ip Address:{source.ip} SSID:{ssid}',
    ),
  ],
  [
    'APF-USER_NAME_CREATED',
    says(
      LOGIN,
      'Username entry ({user}) with length ({ignored}) created for mobile {mac}',
      'Username entry ({user}) is created for mobile {mac}',
      'Username entry ({user}) created for mobile {mac}',
    ),
  ],
  [
    'APF-USER_NAME_DELETED',
    says(
      LOGOUT,
      'Username entry ({user}) with length ({ignored}) deleted for mobile {mac}',
      'Username entry ({user}) is deleted for mobile {mac}',
      'Username entry ({user}) deleted for mobile {mac}',
    ),
  ],
  [
    'CLIENT_ORCH_LOG-CLIENT_DELETED',
    says(
      LOGOUT,
      'Username ({user}), MAC: {mac}, IP {source.ip} disconnected from AP ({access_point}) with SSID ({ssid})',
      'Username entry ({user}) deleted with ssid ({ssid}) for device with MAC: {mac}',
    ),
  ],
  [
    'CAPWAPAC_SMGR_TRACE_MESSAGE-AP_JOIN_DISJOIN',
    says(
      ['network', 'info', 'access point'],
      'AP Event: AP Name: {access_point} Mac: {mac} Session-IP: {session_ip} Ethernet MAC: {ethernet_mac} {state}',
      'AP Event: AP Name: {access_point}, MAC: {mac} {state}',
    ),
  ],
  [
    'EPM-IPEVENT',
    says(ADDED, 'IP {source.ip}| MAC {mac}| AuditSessionID {session}| AUTHTYPE {method}| EVENT {change}'),
  ],
  [
    'EPM-POLICY_REQ',
    says(
      ['authentication', 'info', 'policy'],
      'IP {source.ip}| MAC {mac}| AuditSessionID {session}| AUTHTYPE {method}| EVENT {change}',
    ),
  ],
  [
    'EPM-POLICY_APP_SUCCESS',
    says(
      ['authentication', 'info', 'policy'],
      'IP {source.ip}| MAC {mac}| AuditSessionID {session}| AUTHTYPE {method}| POLICY_TYPE {policy_type}| POLICY_NAME {rule}| RESULT {result}',
    ),
  ],
  [
    'SISF-ENTRY_CREATED',
    says(
      ADDED,
      'Entry created A={source.ip} V={vlan} I={in} P={preference} M={mac}',
      'Entry created A={source.ip} V={vlan} I={in} P={preference}',
    ),
  ],
  [
    'SISF-ENTRY_CHANGED',
    says(
      ['network', 'change', 'binding changed'],
      'Entry changed A={source.ip} V={vlan} I={in} P={preference} M={mac}',
      'Entry changed A={source.ip} V={vlan} I={in} P={preference}',
    ),
  ],
  [
    'SISF-ENTRY_DELETED',
    says(
      REMOVED,
      'Entry deleted A={source.ip} V={vlan} I={in} P={preference} M={mac}',
      'Entry deleted A={source.ip} V={vlan} I={in} P={preference}',
    ),
  ],
  [
    'DHCP-ADDRESS_ASSIGN',
    says(
      ['network', 'start', 'assigned'],
      'Interface {in} assigned {protocol} address {source.ip}, mask {mask}, hostname {host}',
      'Interface {in} assigned {protocol} address {source.ip}, mask {mask}',
    ),
  ],
  [
    'DHCPD-PING_CONFLICT',
    says(['network', 'error', 'conflict'], '{protocol} address conflict:{ignored}server pinged {source.ip}'),
  ],
  [
    'DHCPD-DECLINE_CONFLICT',
    says(
      ['network', 'error', 'declined'],
      '{protocol} address conflict:{ignored}client {client_id} declined {source.ip}',
    ),
  ],
  [
    'DHCP_SNOOPING-DHCP_SNOOPING_UNTRUSTED_PORT',
    says(
      ['network', 'denied', 'drop'],
      'DHCP_SNOOPING drop message on untrusted port, message type: {dhcp_message}, MAC sa: {mac}',
    ),
  ],
  ...['MATCH_MAC_FAIL', 'FAKE_INTERFACE', 'NONZERO_GIADDR'].map(
    (name) => [`DHCP_SNOOPING-DHCP_SNOOPING_${name}`, leniently(SNOOPED)] as const,
  ),
];

/** `User 'u' authentication for SSH2 Session from a (tty = n) using crypto cipher '…', hmac '…' Succeeded`, or Failed. */
function readByEnd(): IosReader {
  const templates = ["SSH2 Session from {source.ip} (tty = {line}) using crypto cipher '{cipher}', hmac '{hmac}'"]
    .concat("SSH Session from {source.ip} (tty = {line}) using crypto cipher '{cipher}'")
    .map((tail) => `User '{user}' authentication for ${tail}`);
  const succeeded = says(LOGIN, ...templates);
  const failed = says(LOGIN_FAILED, ...templates);
  return (text, draft) => (/ Failed\b/.test(text) ? failed : succeeded)(text, draft);
}
