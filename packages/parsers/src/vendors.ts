import { ciscoAsaParser } from './cisco-asa/parser.ts';
import { ciscoIosParser } from './cisco-ios/parser.ts';
import { fortigateParser } from './fortigate/parser.ts';
import { keyValueParser } from './key-value/parser.ts';
import { merakiParser } from './meraki/parser.ts';
import { mikrotikParser } from './mikrotik/parser.ts';
import type { VendorParser } from './vendor.ts';
import { zyxelParser } from './zyxel/parser.ts';

/** Known by a mark that nobody else writes. */
const MARKED: readonly VendorParser[] = [fortigateParser, ciscoAsaParser, ciscoIosParser];

/** Known by the shape of their lines. */
const SHAPED: readonly VendorParser[] = [merakiParser, mikrotikParser, zyxelParser];

/** Forms that many write, for records that no vendor's parser takes. */
const GENERAL: readonly VendorParser[] = [keyValueParser];

/** In the order they are tried: the surest first. */
export const VENDORS: readonly VendorParser[] = [...MARKED, ...SHAPED, ...GENERAL];
