import { PROGRAMS as A10_PROGRAMS } from '../../a10/parser.ts';
import { AUDITORS } from '../../cisco-firepower/parser.ts';
import { MARKS as DRAYTEK_MARKS } from '../../draytek/parser.ts';
import { FIRST as FORTIGATE_FIRST } from '../../fortigate/parser.ts';
import { MARKS as HILLSTONE_MARKS } from '../../hillstone/parser.ts';
import { IPMON_PROGRAMS } from '../../ip-filters/parser.ts';
import { TAG_SERVICES } from '../../juniper/parser.ts';
import { HEADS as KERIO_HEADS, MARKS as KERIO_MARKS } from '../../kerio/parser.ts';
import { LEVELS } from '../../mikrotik/topics.ts';
import { PROGRAMS as PF_PROGRAMS } from '../../pf/parser.ts';
import { CLASS } from '../../untangle/parser.ts';
import { hasCiscoMark, isCheckPointLine, isEpoch, isRow, isUnifiDevice, mayHaveTopics } from '../shapes.ts';
import type { VendorSigns } from '../vendor-signs.ts';
import { DIGITS } from './digits.ts';

const CISCO_FIREWALLS = ['%ASA', '%FTD', '%NGIPS', '%PIX', '%FWSM'];
const BIG_IP_CODES = [...'01234567'].flatMap((severity) => [`:${severity}:`, `:${severity} `]);

/** Of firewalls, routers and their gateways. */
export const FIREWALL_SIGNS: Readonly<Record<string, VendorSigns>> = {
  // Nothing but starts: it is the first of the list, and a mark would let every record wait for the pass.
  fortigate: { starts: [...FORTIGATE_FIRST, 'category="', ' category="'] },
  palo_alto: { shaped: { starts: DIGITS, shape: isRow }, marks: [',20'], notBehind: ['%'] },
  cisco_asa: { starts: CISCO_FIREWALLS, marks: CISCO_FIREWALLS },
  cisco_firepower: { apps: AUDITORS, marks: ['SFIMS', '.cgi'] },
  cisco_ios: {
    marks: [
      ...['rbasedA', 'rbasedW', 'rbasedD', 'nbasedA', 'nbasedW', 'nbasedD', 'tbasedA', 'tbasedW', 'tbasedD'],
      ' [**] [Hostname: ',
      '%Viptela-',
    ],
    shaped: { marks: ['%'], shape: hasCiscoMark },
  },
  juniper_junos: {
    apps: ['kmd', 'iked'],
    starts: ['FW: '],
    marks: [...TAG_SERVICES.map((service) => `${service}_`), 'junos@'],
  },
  juniper_screenos: { marks: ['device_id=', '(NULL),'] },
  watchguard_fireware: { apps: ['firewall'], marks: ['msg_id="', 'firewall: ', 'firewall['] },
  stormshield_sns: { marks: [' startime='] },
  barracuda_cloudgen: { starts: ['20'], marks: ['box_', 'srv_', '|proto=', '|TCP|', '|UDP|', '|ICMP|'] },
  barracuda_waf: { starts: ['TR ', 'WF ', 'NF ', 'AUDIT ', 'SYS ', 'cat='], marks: [' actionTaken='] },
  barracuda_web: { apps: ['http_scan', 'httpscan'] },
  clavister_cos: { marks: ['prio=', ':id=', ': id=', 'message='] },
  f5_bigip: {
    apps: ['ASM'],
    marks: [
      'ASM:',
      'acl_policy_name="',
      'lsn_event="',
      'unit_hostname="',
      '[F5@',
      'f5_irule=',
      'Rule /',
      '[ssl_',
      ...BIG_IP_CODES,
    ],
  },
  citrix_adc: { marks: ['PPE-', ' shell_command="'] },
  forcepoint_ngfw: { starts: ['20', '"20'], marks: ['LogId=', 'LOG_ID=', 'log_id=', ',CompId='] },
  forcepoint_web: { marks: ['vendor=Websense ', 'vendor=Forcepoint '] },
  a10_acos: {
    programs: [...A10_PROGRAMS.keys()],
    marks: ['NAT-', 'NAT44-', 'NAT64-', 'NAT66-', 'LSN-', 'LITE-', '6RD-', 'SIXRD-'],
  },
  draytek_vigor: { marks: DRAYTEK_MARKS },
  kerio_control: { apps: KERIO_HEADS, marks: KERIO_MARKS },
  hillstone_stoneos: { marks: HILLSTONE_MARKS },
  h3c_comware: { starts: ['%%'], marks: [' %%', '%%10'] },
  huawei: { marks: ['%%01', 'OID 1.3.6.1.4.1.2011.', 'basedA [', 'basedW ['] },
  check_point: {
    starts: [';', '@;'],
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
      'fw_log_drop',
    ],
    shaped: { starts: ['[', ' ', '"', 'syslog[', ...DIGITS], shape: isCheckPointLine },
  },
  sonicwall: { marks: [' sn=', ')@('] },
  sophos_firewall: { marks: [' log_type="'] },
  sophos_utm: { marks: ['" severity="', '" localip="'] },
  meraki: { shaped: { starts: DIGITS, shape: isEpoch } },
  mikrotik: {
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
  zyxel: { marks: [' note="'] },
  ubiquiti: {
    marks: ['-A]', '-D]', '-R]', '-A-', '-D-', '-R-', '-RET', ' DESCR="'],
    shaped: { marks: [','], shape: isUnifiDevice },
  },
  netfilter: { marks: [' OUT=', ': IN=', ': OUT=', '[NEW]', '[UPDATE]', '[DESTROY]', '"oob.', '"ct.', '"orig.'] },
  ip_filter: { programs: [...IPMON_PROGRAMS.keys()], apps: ['ipfw'], marks: ['Packet log: ', 'ipfw: '] },
  pf: { programs: [...PF_PROGRAMS.keys()], marks: [',in,4,', ',in,6,', ',out,4,', ',out,6,'] },
  untangle: { marks: [CLASS] },
};
