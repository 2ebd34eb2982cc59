import { type IosReader, says } from '../messages.ts';
import { readConfigured, readLink, readLoggedCommand, readLogin, readLogout } from '../system.ts';

type Entry = readonly [mnemonic: string, reader: IosReader];

const LINK = ['network', 'info', 'link'] as const;
const NEIGHBOUR = ['network', 'info', 'neighbor'] as const;

/** The device itself: configuration, links, routing neighbours, switch ports, servers it asks. */
export const SYSTEM: readonly Entry[] = [
  ['SYS-CONFIG_I', readConfigured],
  [
    'SYS-CONFIG_P',
    says(
      ['configuration', 'change', 'configured'],
      'Configured programmatically by process {process} from {from} as {user} on {line} ({source.ip})',
      'Configured programmatically by process {process} from {from} as {user} on {line}',
      'Configured programmatically by process {process} from {from} as {line}',
    ),
  ],
  [
    'VSHD-VSHD_SYSLOG_CONFIG_I',
    says(
      ['configuration', 'change', 'configured'],
      'Configured from {line} by {user} on {source.ip}@{terminal}',
      'Configured from {line} by {user} on {terminal}',
    ),
  ],
  ['PARSER-CFGLOG_LOGGEDCMD', readLoggedCommand],
  [
    'AAA-AAA_ACCOUNTING_MESSAGE',
    says(
      ['configuration', 'info', 'accounting'],
      '{change}:{source.ip}@{terminal}:{user}:{command}',
      // A shell of the device itself: `start:vsh.bin.30212:admin:`.
      '{change}:{terminal}:{user}:{command}',
    ),
  ],
  ['LINK-UPDOWN', readLink],
  ['LINK-CHANGED', readLink],
  ['LINEPROTO-UPDOWN', readLink],
  ['ETHPORT-IF_UP', says(LINK, 'Interface {in} is {state}[ in mode {mode}]')],
  ['ETHPORT-IF_DOWN_LINK_FAILURE', says(LINK, 'Interface {in} is {state} ({reason})')],
  ['ETHPORT-IF_DOWN_ADMIN_DOWN', says(LINK, 'Interface {in} is {state} ({reason})')],
  ['SEC_LOGIN-LOGIN_SUCCESS', readLogin],
  ['SEC_LOGIN-LOGIN_FAILED', readLogin],
  ['SYS-LOGOUT', readLogout],
  ['SYS-LOGOUT_C6K', readLogout],
  [
    'INTERFACE_VLAN-UPDOWN',
    says(LINK, 'Line Protocol on Interface {in}, changed state to {state}', 'Interface {in}, changed state to {state}'),
  ],
  ['L2FM-L2FM_MAC_MOVE2', says(['network', 'info', 'moved'], 'Mac {mac} in vlan {vlan} has moved from {in} to {out}')],
  ['ETHPORT-IF_ADMIN_UP', says(LINK, 'Interface {in} is {state}.', 'Interface {in} is {state}')],
  ['AUTHPRIV-SYSTEM_MSG', readSystemMessage()],
  ['DAEMON-SYSTEM_MSG', readSystemMessage()],
  [
    'BGP-ADJCHANGE',
    says(
      NEIGHBOUR,
      'neighbor {source.ip} vpn vrf {vrf} Up',
      // EOS
      'peer {source.ip} (VRF {vrf} AS {as}) old state {state_before} event {reason} new state {state}',
      'peer {source.ip} (AS {as}) old state {state_before} event {reason} new state {state}',
      // IOS XR
      'neighbor {source.ip} Up (VRF: {vrf})',
      'neighbor {source.ip} Down - {reason} (VRF: {vrf})',
      'neighbor {source.ip} Up',
      'neighbor {source.ip} vpn vrf {vrf} Down {reason}',
      'neighbor {source.ip} Down {reason}',
    ),
  ],
  [
    'BGP-NOTIFICATION',
    says(
      ['network', 'error', 'neighbor'],
      '{direction} neighbor {source.ip} {reason}',
      '{direction} neighbor {source.ip} {reason}',
    ),
  ],
  [
    'OSPF-ADJCHG',
    says(
      NEIGHBOUR,
      'Process {process}, Nbr {source.ip} on {in} in area {area} from {state_before} to {state}, {reason}, vrf {vrf} vrfid',
      'Process {process}, Nbr {source.ip} on {in} in area {area} from {state_before} to {state}, {reason}',
      'Process {process}, Nbr {source.ip} on {in} from {state_before} to {state}, {reason}',
    ),
  ],
  [
    'OSPFV3-ADJCHG',
    says(NEIGHBOUR, 'Process {process}, Nbr {source.ip} on {in} from {state_before} to {state}, {reason}'),
  ],
  ['DUAL-NBRCHANGE', says(NEIGHBOUR, '{process}: Neighbor {source.ip} ({in}) is {state}: {reason}')],
  ['HSRP-STATECHANGE', says(['network', 'change', 'standby'], '{in} Grp {group} state {state_before} -> {state}')],
  [
    'PORT_SECURITY-PSECURE_VIOLATION',
    says(
      ['network', 'denied', 'security violation'],
      'Security violation occurred, caused by MAC address {mac} on port {in}',
    ),
  ],
  [
    'PORT_SECURITY-PSECURE_VIOLATION_MAC_MOVE',
    says(
      ['network', 'denied', 'security violation'],
      'Security violation occurred, caused by MAC address {mac} on port {port} attempting to access port {in}',
    ),
  ],
  [
    'PM-ERR_DISABLE',
    says(['network', 'error', 'err-disable'], '{reason} error detected on {in}, putting {port} in err-disable state'),
  ],
  [
    'SW_MATM-MACFLAP_NOTIF',
    says(['network', 'error', 'flapping'], 'Host {mac} in vlan {vlan} is flapping between port {in} and port {out}'),
  ],
  [
    'IP-DUPADDR',
    says(['network', 'error', 'duplicate address'], 'Duplicate address {source.ip} on {in}, sourced by {mac}'),
  ],
  [
    'ARP-DUP_SRC_IP',
    says(
      ['network', 'error', 'duplicate address'],
      'arp \\[{process}\\] Source address of packet received from {mac} on {in} is duplicate of local, {source.ip} (message repeated {ignored}',
      'arp \\[{process}\\] Source address of packet received from {mac} on {in} is duplicate of local, {source.ip}',
    ),
  ],
  [
    'ARP-STCKYARPOVR',
    says(
      ['network', 'denied', 'sticky arp'],
      'Attempt to overwrite Sticky ARP entry: {source.ip}, hw: {mac_before} by hw: {mac}',
    ),
  ],
  [
    'ARP-INVAL_IP',
    says(
      ['network', 'denied', 'invalid address'],
      '{ignored}Received packet with invalid destination IP address ({destination.ip}) from {mac} on {in}',
      '{ignored}Received packet with invalid source IP address ({source.ip}) from {mac} on {in}',
    ),
  ],
  [
    'SW_DAI-DHCP_SNOOPING_DENY',
    says(
      ['network', 'denied', 'drop'],
      '{packets} {reason} on {in}, vlan {vlan}.(\\[{mac}/{source.ip}/{target_mac}/{destination.ip}/{ignored}\\])',
    ),
  ],
  ['RADIUS-RADIUS_DEAD', says(['host', 'error', 'aaa server'], '{protocol} server {aaa_server} is {state}.')],
  ['RADIUS-RADIUS_ALIVE', says(['host', 'info', 'aaa server'], '{protocol} server {aaa_server} is {state}.')],
];

/** NX-OS hands sshd's and PAM's lines through: `pam_aaa:Authentication failed for user u from a - sshd[1]`. */
function readSystemMessage(): IosReader {
  const failed = says(
    ['authentication', 'start', 'login failed', 'failure'],
    'pam_aaa:Authentication failed for user {user} from {source.ip} - {process}',
    'pam_aaa:Authentication failed from {source.ip} - {process}',
    'Login failed for user {user} - {process}',
    'pam_unix({pam}): authentication failure; {ignored} user={user} - {process}',
    'error: PAM: Authentication failure for illegal user {user} from {source.ip} - {process}',
    'error: PAM: Authentication failure for {user} from {source.ip} - {process}',
    'Failed password for invalid user {user} from {source.ip} port {source.port} {ignored} - {process}',
    'Failed password for {user} from {source.ip} port {source.port} {ignored} - {process}',
  );
  const accepted = says(
    ['authentication', 'start', 'login', 'success'],
    'Accepted {method} for {user} from {source.ip} port {source.port} {ignored} - {process}',
    'pam_unix({pam}): session opened for user {user} by {ignored} - {process}',
  );
  const closed = says(
    ['authentication', 'end', 'logout'],
    'pam_unix({pam}): session closed for user {user} - {process}',
  );
  const created = says(
    ['configuration', 'change', 'account configured'],
    'New user added with username {account} - {process}',
  );
  // Other programs' remarks have no form.
  return (text, draft) => [failed, accepted, closed, created].some((read) => read(text, draft)) || true;
}
