import { barracudaParser } from './barracuda/parser.ts';
import { cefParser } from './cef/parser.ts';
import { checkPointParser } from './check-point/parser.ts';
import { ciscoAsaParser } from './cisco-asa/parser.ts';
import { ciscoIosParser } from './cisco-ios/parser.ts';
import { clavisterParser } from './clavister/parser.ts';
import { f5Parser } from './f5/parser.ts';
import { forcepointParser } from './forcepoint/parser.ts';
import { fortigateParser } from './fortigate/parser.ts';
import { jsonParser } from './json/parser.ts';
import { juniperParser } from './juniper/parser.ts';
import { keyValueParser } from './key-value/parser.ts';
import { leefParser } from './leef/parser.ts';
import { mikrotikParser } from './mikrotik/parser.ts';
import { netscreenParser } from './netscreen/parser.ts';
import { paloAltoParser } from './palo-alto/parser.ts';
import { sonicwallParser } from './sonicwall/parser.ts';
import { sophosFirewallParser } from './sophos-firewall/parser.ts';
import { sophosUtmParser } from './sophos-utm/parser.ts';
import { stormshieldParser } from './stormshield/parser.ts';
import type { VendorParser } from './vendor.ts';
import { watchguardParser } from './watchguard/parser.ts';
import { welfParser } from './welf/parser.ts';

/** Known by a mark that nobody else writes. */
const MARKED: readonly VendorParser[] = [
  fortigateParser,
  ciscoAsaParser,
  ciscoIosParser,
  paloAltoParser,
  juniperParser,
  netscreenParser,
  watchguardParser,
  stormshieldParser,
  barracudaParser,
  clavisterParser,
  f5Parser,
  forcepointParser,
  checkPointParser,
  sonicwallParser,
  sophosFirewallParser,
  sophosUtmParser,
  cefParser,
  leefParser,
];

/** Known by the shape of their lines. */
const SHAPED: readonly VendorParser[] = [mikrotikParser];

/** Forms that many write, for records that no vendor's parser takes. */
export const GENERAL: readonly VendorParser[] = [jsonParser, welfParser, keyValueParser];

/** In the order they are tried: the surest first. */
export const VENDORS: readonly VendorParser[] = [...MARKED, ...SHAPED, ...GENERAL];
