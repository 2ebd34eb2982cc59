import { cefParser } from './cef/parser.ts';
import { checkPointParser } from './check-point/parser.ts';
import { ciscoAsaParser } from './cisco-asa/parser.ts';
import { ciscoIosParser } from './cisco-ios/parser.ts';
import { fortigateParser } from './fortigate/parser.ts';
import { jsonParser } from './json/parser.ts';
import { keyValueParser } from './key-value/parser.ts';
import { leefParser } from './leef/parser.ts';
import { mikrotikParser } from './mikrotik/parser.ts';
import { sonicwallParser } from './sonicwall/parser.ts';
import { sophosFirewallParser } from './sophos-firewall/parser.ts';
import { sophosUtmParser } from './sophos-utm/parser.ts';
import { structuredDataParser } from './structured-data/parser.ts';
import type { VendorParser } from './vendor.ts';
import { welfParser } from './welf/parser.ts';

/** Known by a mark that nobody else writes. */
const MARKED: readonly VendorParser[] = [
  fortigateParser,
  ciscoAsaParser,
  ciscoIosParser,
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
export const GENERAL: readonly VendorParser[] = [jsonParser, welfParser, structuredDataParser, keyValueParser];

/** In the order they are tried: the surest first. */
export const VENDORS: readonly VendorParser[] = [...MARKED, ...SHAPED, ...GENERAL];
