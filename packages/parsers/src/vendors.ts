import { a10Parser } from './a10/parser.ts';
import { accessServerParser } from './access-servers/parser.ts';
import { barracudaParser } from './barracuda/parser.ts';
import { barracudaWafParser } from './barracuda/waf-parser.ts';
import { barracudaWebParser } from './barracuda/web-parser.ts';
import { cefParser } from './cef/parser.ts';
import { checkPointParser } from './check-point/parser.ts';
import { ciscoAsaParser } from './cisco-asa/parser.ts';
import { firepowerParser } from './cisco-firepower/parser.ts';
import { ciscoIosParser } from './cisco-ios/parser.ts';
import { citrixAdcParser } from './citrix-adc/parser.ts';
import { clavisterParser } from './clavister/parser.ts';
import { comwareParser } from './comware/parser.ts';
import { csvParser } from './csv/parser.ts';
import { dhcpServerParser } from './dhcp-servers/parser.ts';
import { dnsServerParser } from './dns-servers/parser.ts';
import { draytekParser } from './draytek/parser.ts';
import { e2guardianParser } from './e2guardian/parser.ts';
import { f5Parser } from './f5/parser.ts';
import { forcepointParser } from './forcepoint/parser.ts';
import { forcepointWebParser } from './forcepoint/web-parser.ts';
import { fortigateParser } from './fortigate/parser.ts';
import { hillstoneParser } from './hillstone/parser.ts';
import { huaweiParser } from './huawei/parser.ts';
import { identityParser } from './identity/parser.ts';
import { ipFilterParser } from './ip-filters/parser.ts';
import { jsonParser } from './json/parser.ts';
import { juniperParser } from './juniper/parser.ts';
import { kerioParser } from './kerio/parser.ts';
import { keyValueParser } from './key-value/parser.ts';
import { leefParser } from './leef/parser.ts';
import { loginParser } from './logins/parser.ts';
import { merakiParser } from './meraki/parser.ts';
import { mikrotikParser } from './mikrotik/parser.ts';
import { netfilterParser } from './netfilter/parser.ts';
import { netscreenParser } from './netscreen/parser.ts';
import { paloAltoParser } from './palo-alto/parser.ts';
import { pfParser } from './pf/parser.ts';
import { radiusParser } from './radius/parser.ts';
import { snortParser } from './snort/parser.ts';
import { sonicwallParser } from './sonicwall/parser.ts';
import { sophosFirewallParser } from './sophos-firewall/parser.ts';
import { sophosUtmParser } from './sophos-utm/parser.ts';
import { squidParser } from './squid/parser.ts';
import { stormshieldParser } from './stormshield/parser.ts';
import { structuredDataParser } from './structured-data/parser.ts';
import { suricataParser } from './suricata/parser.ts';
import { ubiquitiParser } from './ubiquiti/parser.ts';
import { untangleParser } from './untangle/parser.ts';
import type { VendorParser } from './vendor.ts';
import { vpnServerParser } from './vpn-servers/parser.ts';
import { watchguardParser } from './watchguard/parser.ts';
import { webServerParser } from './web-servers/parser.ts';
import { welfParser } from './welf/parser.ts';
import { windowsEventParser } from './windows-events/parser.ts';
import { zeekParser } from './zeek/parser.ts';
import { zyxelParser } from './zyxel/parser.ts';

/** Known by a mark that nobody else writes. */
const MARKED: readonly VendorParser[] = [
  fortigateParser,
  // A row may have anybody's mark in its columns.
  paloAltoParser,
  ciscoAsaParser,
  firepowerParser,
  radiusParser,
  identityParser,
  // Before IOS: `%DAEMON-5-…` is Junos' when a tag of Junos follows.
  juniperParser,
  ciscoIosParser,
  checkPointParser,
  sonicwallParser,
  sophosFirewallParser,
  sophosUtmParser,
  netscreenParser,
  watchguardParser,
  stormshieldParser,
  barracudaParser,
  barracudaWafParser,
  barracudaWebParser,
  clavisterParser,
  f5Parser,
  citrixAdcParser,
  forcepointParser,
  forcepointWebParser,
  huaweiParser,
  comwareParser,
  a10Parser,
  draytekParser,
  kerioParser,
  hillstoneParser,
];

/** Forms with a mark of their own that any vendor may write. */
const MARKED_FORMS: readonly VendorParser[] = [cefParser, leefParser];

/** Known by the shape of their lines. */
const SHAPED: readonly VendorParser[] = [
  mikrotikParser,
  zyxelParser,
  ubiquitiParser,
  netfilterParser,
  ipFilterParser,
  pfParser,
  dhcpServerParser,
  dnsServerParser,
  squidParser,
  e2guardianParser,
  suricataParser,
  snortParser,
  zeekParser,
  loginParser,
  vpnServerParser,
  accessServerParser,
  untangleParser,
  windowsEventParser,
  webServerParser,
  merakiParser,
];

/** Forms that many write, for records that no vendor's parser takes. */
const GENERAL: readonly VendorParser[] = [jsonParser, welfParser, structuredDataParser, keyValueParser, csvParser];

/** Whether a record's parser knows it by a mark, so that no rule of a custom parser takes it. */
export function isMarked(vendor: VendorParser | undefined): boolean {
  return vendor !== undefined && MARKED.includes(vendor);
}

/** Whether it reads a form, whoever wrote it. */
export function isGeneral(vendor: VendorParser): boolean {
  return GENERAL.includes(vendor);
}

/** In the order they are tried: the surest first. */
export const VENDORS: readonly VendorParser[] = [...MARKED, ...MARKED_FORMS, ...SHAPED, ...GENERAL];
