import { IDENTITY_RECORD } from '@logmaster/core/api/identity-events';
import { PROGRAMS as A10_PROGRAMS } from '../a10/parser.ts';
import { PROGRAMS as ACCESS_PROGRAMS } from '../access-servers/parser.ts';
import { AUDITORS } from '../cisco-firepower/parser.ts';
import { PROGRAMS as DHCP_PROGRAMS } from '../dhcp-servers/parser.ts';
import { PROGRAMS as DNS_PROGRAMS } from '../dns-servers/parser.ts';
import { PROGRAMS as E2GUARDIAN_PROGRAMS } from '../e2guardian/parser.ts';
import { IPMON_PROGRAMS } from '../ip-filters/parser.ts';
import { TAG_SERVICES } from '../juniper/parser.ts';
import { PROGRAMS as LOGIN_PROGRAMS } from '../logins/parser.ts';
import { LEVELS } from '../mikrotik/topics.ts';
import { PROGRAMS as PF_PROGRAMS } from '../pf/parser.ts';
import { RADIUS_RECORD } from '../radius/record-text.ts';
import { PROGRAMS as SNORT_PROGRAMS } from '../snort/parser.ts';
import { PROGRAMS as SQUID_PROGRAMS } from '../squid/parser.ts';
import { PROGRAMS as SURICATA_PROGRAMS } from '../suricata/parser.ts';
import { CLASS } from '../untangle/parser.ts';
import { PROGRAMS as VPN_PROGRAMS } from '../vpn-servers/parser.ts';
import { METHODS } from '../web-servers/iis.ts';
import { PRODUCTS as WEB_PROGRAMS } from '../web-servers/parser.ts';
import { PROGRAMS as ZEEK_PROGRAMS } from '../zeek/parser.ts';
import {
  hasCiscoMark,
  hasPairs,
  hasValues,
  isAlert,
  isBehindData,
  isBindFile,
  isCheckPointLine,
  isEpoch,
  isObject,
  isOpenVpnFile,
  isRow,
  isUnifiDevice,
  isWindowsLease,
  mayHaveTopics,
} from './shapes.ts';
import type { VendorSigns } from './vendor-signs.ts';

const DIGITS = [...'0123456789'];
const CISCO_FIREWALLS = ['%ASA', '%FTD', '%NGIPS', '%PIX', '%FWSM'];
/** In the times of access logs: `[23/Nov/2026:19:56:31]`. */
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ').map((month) => `/${month}/`);
const BIG_IP_CODES = [...'01234567'].flatMap((severity) => [`:${severity}:`, `:${severity} `]);

/** By the parser's name. A vendor that is missing here is asked about every record, which all unknown text pays for. */
export const VENDOR_SIGNS: ReadonlyMap<string, VendorSigns> = new Map<string, VendorSigns>([
  [
    'fortigate',
    {
      starts: [
        'date=',
        'devname=',
        'devid=',
        'logver=',
        'timestamp=',
        'itime=',
        'eventtime=',
        'logid=',
        'idseq=',
        'time=',
      ],
    },
  ],
  ['palo_alto', { shaped: { starts: DIGITS, shape: isRow }, marks: [',20'], notBehind: ['%'] }],
  ['cisco_asa', { starts: CISCO_FIREWALLS, marks: CISCO_FIREWALLS }],
  ['cisco_firepower', { apps: AUDITORS, marks: ['SFIMS', '.cgi'] }],
  ['radius', { marks: [RADIUS_RECORD] }],
  ['identity', { marks: [IDENTITY_RECORD] }],
  ['cisco_ios', { shaped: { marks: ['%'], shape: hasCiscoMark } }],
  [
    'cisco_ios',
    {
      marks: ['rbasedA', 'rbasedW', 'rbasedD', 'nbasedA', 'nbasedW', 'nbasedD', 'tbasedA', 'tbasedW', 'tbasedD'],
      shaped: { marks: ['%'], shape: hasCiscoMark },
    },
  ],
  ['palo_alto', { marks: [',20'] }],
  [
    'juniper_junos',
    { apps: ['kmd', 'iked'], marks: [...TAG_SERVICES.map((service) => `${service}_`), 'junos@', 'FW: '] },
  ],
  ['juniper_screenos', { marks: ['device_id='] }],
  ['watchguard_fireware', { apps: ['firewall'], marks: ['msg_id="', 'firewall: ', 'firewall['] }],
  ['stormshield_sns', { marks: [' startime='] }],
  ['barracuda_cloudgen', { marks: ['box_', 'srv_', '|proto=', '|TCP|', '|UDP|', '|ICMP|'] }],
  ['barracuda_waf', { starts: ['TR ', 'WF ', 'NF ', 'AUDIT ', 'SYS '] }],
  ['barracuda_web', { apps: ['http_scan', 'httpscan'] }],
  ['clavister_cos', { marks: ['prio=', ':id=', ': id='] }],
  [
    'f5_bigip',
    {
      apps: ['ASM'],
      marks: [
        'ASM:',
        'acl_policy_name="',
        'lsn_event="',
        'unit_hostname="',
        '[F5@',
        'f5_irule=',
        'Rule /',
        ...BIG_IP_CODES,
      ],
    },
  ],
  ['citrix_adc', { marks: ['PPE-'] }],
  ['forcepoint_ngfw', { starts: ['20', '"20'], marks: ['LogId=', 'LOG_ID=', 'log_id=', ',CompId='] }],
  [
    'a10_acos',
    {
      programs: [...A10_PROGRAMS.keys()],
      marks: ['NAT-', 'NAT44-', 'NAT64-', 'NAT66-', 'LSN-', 'LITE-', '6RD-', 'SIXRD-'],
    },
  ],
  ['h3c_comware', { starts: ['%%'], marks: [' %%', '%%10'] }],
  ['huawei', { marks: ['%%01', 'OID 1.3.6.1.4.1.2011.'] }],
  ['forcepoint_web', { marks: ['vendor=Websense ', 'vendor=Forcepoint '] }],
  [
    'check_point',
    {
      marks: [
        'Fields@1.3.6.1.4.1.2620',
        '@2620',
        ' UUid="{',
        ' originsicname=',
        '|product=',
        '|orig=',
        '|loguid=',
        '|origin=',
        ' loguid={',
        ' ifdir=',
      ],
      shaped: { starts: ['[', ' ', ...DIGITS], shape: isCheckPointLine },
    },
  ],
  ['sonicwall', { marks: [' sn='] }],
  ['sophos_firewall', { marks: [' log_type="'] }],
  ['sophos_utm', { marks: ['" severity="', '" localip="'] }],
  ['cef', { marks: ['CEF:'] }],
  ['leef', { marks: ['LEEF:'] }],
  ['meraki', { shaped: { starts: DIGITS, shape: isEpoch } }],
  [
    'mikrotik',
    {
      starts: ['login failure for user ', '<pppoe-', '<l2tp-', '<pptp-', '<sstp-', '<ovpn-'],
      marks: [
        ' out:',
        'assigned ',
        ' logged in',
        ' logged out',
        ...LEVELS.flatMap((level) => [`,${level} `, `,${level}: `, `,${level},`, ` ${level},`]),
        ...['added', 'changed', 'removed', 'moved'].map((done) => ` ${done} by `),
        'query from ',
        'done query: ',
        'local query: ',
        ...[...DIGITS, '.'].map((last) => `${last}): `),
      ],
      shaped: { marks: [',', '@'], shape: mayHaveTopics },
    },
  ],
  ['zyxel', { marks: [' note="'] }],
  [
    'ubiquiti',
    {
      marks: ['-A]', '-D]', '-R]', '-A-', '-D-', '-R-', ' DESCR="'],
      shaped: { marks: [','], shape: isUnifiDevice },
    },
  ],
  ['netfilter', { marks: [' OUT=', '[NEW]', '[UPDATE]', '[DESTROY]', '"oob.', '"ct.', '"orig.'] }],
  ['ip_filter', { programs: [...IPMON_PROGRAMS.keys()], apps: ['ipfw'], marks: ['Packet log: ', 'ipfw: '] }],
  ['pf', { programs: [...PF_PROGRAMS.keys()], marks: [',in,4,', ',in,6,', ',out,4,', ',out,6,'] }],
  [
    'dhcp_server',
    {
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
  ],
  [
    'dns_server',
    {
      programs: [...DNS_PROGRAMS.keys()],
      apps: ['queries', 'security'],
      starts: ['[', 'query[', 'PACKET '],
      marks: ['#', 'unbound[', '[INFO] ', ' PACKET ', '"QH":"'],
      shaped: { starts: DIGITS, shape: isBindFile },
    },
  ],
  [
    'squid',
    {
      programs: [...SQUID_PROGRAMS.keys()],
      marks: ['HIER_', '_DIRECT/', 'TCP_', 'ICAP_'],
      shaped: { starts: DIGITS, shape: isEpoch },
    },
  ],
  ['e2guardian', { programs: [...E2GUARDIAN_PROGRAMS.keys()], starts: ['20', '"20'] }],
  [
    'suricata',
    {
      programs: [...SURICATA_PROGRAMS.keys()],
      marks: ['"event_type"'],
      shaped: { starts: DIGITS, shape: isAlert },
    },
  ],
  [
    'snort',
    {
      programs: [...SNORT_PROGRAMS.keys()],
      marks: ['"src_ap"', '"src_addr"'],
      shaped: { starts: [...DIGITS, '['], shape: isAlert },
    },
  ],
  ['zeek', { starts: DIGITS, programs: [...ZEEK_PROGRAMS.keys(), 'zeek_*', 'bro_*'], marks: ['"ts"'] }],
  [
    'logins',
    {
      programs: [...LOGIN_PROGRAMS.keys()],
      starts: ['pam_', 'type=', 'node=', 'Failed ', 'Accepted ', 'User ['],
      marks: ['(pam_unix)'],
    },
  ],
  [
    'vpn_server',
    {
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
  ],
  [
    'access_server',
    {
      programs: [...ACCESS_PROGRAMS.keys()],
      starts: ['<Event><Timestamp'],
      marks: [
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
  ],
  ['untangle', { marks: [CLASS] }],
  [
    'windows_event',
    {
      marks: [
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
  ],
  [
    'web_server',
    {
      programs: [...WEB_PROGRAMS.keys()],
      starts: [...DIGITS, '['],
      marks: ['] "', ...MONTHS, '#', ...METHODS.map((method) => ` ${method} `)],
    },
  ],
  ['json', { shaped: { marks: ['{'], shape: isObject } }],
  ['structured_data', { shaped: { marks: ['"'], shape: isBehindData } }],
  ['welf', { marks: [' fw='] }],
  ['key_value', { shaped: { marks: ['='], shape: hasPairs } }],
  ['csv', { shaped: { marks: [','], shape: hasValues } }],
]);
