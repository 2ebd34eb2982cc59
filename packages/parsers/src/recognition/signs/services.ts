import { ARUBA_PROGRAMS } from '../../access-servers/aruba.ts';
import { PROGRAMS as ACCESS_PROGRAMS } from '../../access-servers/parser.ts';
import { WLC_STARTS } from '../../access-servers/wlceventd.ts';
import { PROGRAMS as DHCP_PROGRAMS } from '../../dhcp-servers/parser.ts';
import { PROGRAMS as DNS_PROGRAMS } from '../../dns-servers/parser.ts';
import { PROGRAMS as E2GUARDIAN_PROGRAMS } from '../../e2guardian/parser.ts';
import { PROGRAMS as LOGIN_PROGRAMS } from '../../logins/parser.ts';
import { PROGRAMS as SNORT_PROGRAMS } from '../../snort/parser.ts';
import { PROGRAMS as SQUID_PROGRAMS } from '../../squid/parser.ts';
import { PROGRAMS as SURICATA_PROGRAMS } from '../../suricata/parser.ts';
import { PROGRAMS as VPN_PROGRAMS } from '../../vpn-servers/parser.ts';
import { METHODS } from '../../web-servers/iis.ts';
import { PRODUCTS as WEB_PROGRAMS } from '../../web-servers/parser.ts';
import { PROGRAMS as ZEEK_PROGRAMS } from '../../zeek/parser.ts';
import { isAlert, isBindFile, isOpenVpnFile, isSquidTime, isWindowsLease, isZeekTime } from '../shapes.ts';
import type { VendorSigns } from '../vendor-signs.ts';
import { DIGITS } from './digits.ts';

/** In the times of access logs: `[23/Nov/2026:19:56:31]`. */
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ').map((month) => `/${month}/`);

/** Of programs and servers beside firewalls. */
export const SERVICE_SIGNS: Readonly<Record<string, VendorSigns>> = {
  dhcp_server: {
    programs: [...DHCP_PROGRAMS.keys()],
    starts: [
      'DHCP',
      'Microsoft DHCP Service Activity Log',
      'ID,Date,Time,Description',
      'Event ID  Meaning',
      'QResult: ',
    ],
    marks: ['Address: ', 'Prefix: ', 'Administrator ', 'HA partner ', '[kea-', 'DHCP4_', 'DHCP6_'],
    shaped: { marks: [','], shape: isWindowsLease },
  },
  dns_server: {
    programs: [...DNS_PROGRAMS.keys()],
    apps: ['queries', 'security'],
    starts: ['[', 'query[', 'PACKET '],
    marks: ['#', 'unbound[', '[INFO] ', ' PACKET ', '"QH":"'],
    shaped: { starts: DIGITS, shape: isBindFile },
  },
  squid: {
    programs: [...SQUID_PROGRAMS.keys()],
    marks: ['HIER_', '_DIRECT/', 'TCP_', 'ICAP_'],
    shaped: { starts: DIGITS, shape: isSquidTime },
  },
  e2guardian: { programs: [...E2GUARDIAN_PROGRAMS.keys()], starts: ['20', '"20'] },
  suricata: {
    programs: [...SURICATA_PROGRAMS.keys()],
    marks: ['"event_type"'],
    shaped: { starts: DIGITS, shape: isAlert },
  },
  snort: {
    programs: [...SNORT_PROGRAMS.keys()],
    marks: ['"src_ap"', '"src_addr"'],
    shaped: { starts: [...DIGITS, '['], shape: isAlert },
  },
  zeek: {
    programs: [...ZEEK_PROGRAMS.keys(), 'zeek_*', 'bro_*'],
    marks: ['"ts"'],
    shaped: { starts: DIGITS, shape: isZeekTime },
  },
  logins: {
    programs: [...LOGIN_PROGRAMS.keys()],
    starts: ['pam_', '(pam_', '[pid ', 'proftpd[', 'type=', 'node=', 'Failed ', 'Accepted ', 'User ['],
    marks: ['(pam_unix)'],
  },
  vpn_server: {
    programs: [...VPN_PROGRAMS.keys(), 'ovpn-*', 'openvpn*'],
    starts: ['us=', '[20', '\x1b[', '"'],
    marks: [
      '[IKE] ',
      '[CFG] ',
      '[NET] ',
      '[KNL] ',
      '[CHD] ',
      '[ENC] ',
      '[DMN] ',
      '[JOB] ',
      '[MGR] ',
      '[LIB] ',
      '[ASN] ',
      '[TNC] ',
      '[TLS] ',
      'wireguard: ',
      '[AF_INET',
      ' MULTI',
      ' TLS: ',
      ' VERIFY ',
      ' SIGTERM[',
      ' SIGUSR1[',
    ],
    shaped: { shape: isOpenVpnFile },
  },
  access_server: {
    programs: [...ACCESS_PROGRAMS.keys(), ...ARUBA_PROGRAMS.keys()],
    starts: ['<Event><Timestamp', ...WLC_STARTS],
    marks: [
      'CISE_',
      'CSCOacs_',
      'Event|',
      ': Auth',
      ': Info',
      ': Error',
      ': Warning',
      ': Debug',
      '","IAS",',
      '","RAS",',
      'Acct-Status-Type = ',
      'Packet-Type = ',
    ],
  },
  windows_event: {
    apps: ['Microsoft-Windows-Security-Auditing', 'Security-Auditing'],
    marks: [
      'AUDIT_',
      '"winlog"',
      '"EventID"',
      '"eventID"',
      ' SEND',
      ' RECEIVE',
      ' FORWARD',
      'MSWinEventLog',
      'NXLOG@',
      '<Event xmlns=',
    ],
  },
  web_server: {
    programs: [...WEB_PROGRAMS.keys()],
    starts: ['['],
    marks: ['] "', ...MONTHS, '#', ...METHODS.map((method) => ` ${method} `)],
  },
};
