import { readBuilt, readIcmp, readTeardown } from './connections.ts';
import { readAccessList, readDeny } from './denies.ts';
import { type Entry, of, readersOf } from './entries.ts';
import { readFlow, readOffload } from './flows.ts';
import { readIke, readIkev2 } from './ike.ts';
import type { MessageReader } from './messages.ts';
import { says } from './slots.ts';
import { ADMINISTRATION } from './tables/administration.ts';
import { APPLICATION } from './tables/application.ts';
import { INSPECTION } from './tables/inspection.ts';
import { readDeviceText, SYSTEM } from './tables/system.ts';
import { TRAFFIC } from './tables/traffic.ts';
import { VPN } from './tables/vpn.ts';
import { readPortBlock, readTranslation, UNTRANSLATED } from './translations.ts';
import { readUnified } from './unified.ts';

const CONNECTIONS: readonly Entry[] = [
  of('302013 302015', readBuilt),
  of('302014 302016', readTeardown),
  of('302020 302021', readIcmp),
  of('302017 302018 302022 302023 302024 302025 302026 302027 302035 302036 302303 302304 302305 302306', readFlow),
  of('805001 805002', readOffload),
  of('305009 305010 305011 305012', readTranslation),
  of('305014 305015', readPortBlock),
  of(
    '106001 106006 106007 106010 106011 106012 106014 106015 106016 106017 106020 106021 106022 106023 710003',
    readDeny,
  ),
  of('106100 106102 106103', readAccessList),
  ...['430001', '430002', '430003', '430004', '430005'].map((id) => of(id, readUnified(id))),
];

/** Cisco ASA Series Syslog Messages, by message id. */
const READERS = readersOf(CONNECTIONS, UNTRANSLATED, TRAFFIC, INSPECTION, APPLICATION, ADMINISTRATION, VPN, SYSTEM);

/** Ids whose texts have one form for their whole class. */
const CLASSES: ReadonlyMap<string, MessageReader> = new Map([
  ...['101', '102', '103', '104', '105', '505', '718', '720', '735', '769'].map(
    (prefix) => [prefix, readDeviceText] as const,
  ),
  ...['713', '714', '715'].map((prefix) => [prefix, readIke] as const),
  ...['750', '751', '752'].map((prefix) => [prefix, readIkev2] as const),
  [
    '400',
    says(
      ['intrusion_detection', 'info', 'ips'],
      'IPS:{signature} {rule} from {source.ip} to {destination.ip} on interface {in}',
      // PIX
      'IDS:{signature} {rule} from {source.ip} to {destination.ip} on interface {in}',
    ),
  ],
]);

export function readerOf(id: string): MessageReader | undefined {
  return READERS.get(id) ?? CLASSES.get(id.slice(0, 3));
}
