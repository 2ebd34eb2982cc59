import type { EventDraft } from '../event/draft.ts';
import { LEVELS } from '../syslog/severity.ts';
import type { VendorParser } from '../vendor.ts';
import { readBuilt, readIcmp, readTeardown } from './connections.ts';
import { readAccessList, readDeny } from './denies.ts';
import type { MessageReader } from './messages.ts';
import { readAaa, readAdminLogin, readCommand, readDisconnected, readVpnSession } from './sessions.ts';
import { readTranslation } from './translations.ts';

/** `%ASA-6-302013: `, also with the message class of newer versions (`%ASA-session-6-302013`). */
const MARK = /%(ASA|FTD|PIX|FWSM)-(?:[a-z]{1,16}-)?([0-7])-(\d{6}): ?/y;

/** Cisco ASA Series Syslog Messages, by message id. */
const READERS: ReadonlyMap<string, MessageReader> = new Map<string, MessageReader>([
  ['302013', readBuilt],
  ['302014', readTeardown],
  ['302015', readBuilt],
  ['302016', readTeardown],
  ['302020', readIcmp],
  ['302021', readIcmp],
  ...['305009', '305010', '305011', '305012'].map((id) => [id, readTranslation] as const),
  ...[
    '106001',
    '106002',
    '106006',
    '106007',
    '106010',
    '106011',
    '106012',
    '106014',
    '106015',
    '106016',
    '106017',
    '106020',
    '106021',
    '106022',
    '106023',
    '710003',
  ].map((id) => [id, readDeny] as const),
  ...['106100', '106102', '106103'].map((id) => [id, readAccessList] as const),
  ...['113004', '113005', '113012', '113015', '113016', '113017'].map((id) => [id, readAaa] as const),
  ['113019', readDisconnected],
  ...[
    '113039',
    '716001',
    '716002',
    '716038',
    '716039',
    '716058',
    '716059',
    '722022',
    '722023',
    '722037',
    '722051',
    '722055',
  ].map((id) => [id, readVpnSession] as const),
  ...['605004', '605005', '611101', '611102'].map((id) => [id, readAdminLogin] as const),
  ...['111008', '111010'].map((id) => [id, readCommand] as const),
]);

const PRODUCTS = new Map([
  ['ASA', 'ASA'],
  ['FTD', 'Firepower Threat Defense'],
  ['PIX', 'PIX'],
  ['FWSM', 'Firewall Services Module'],
]);

/** Cisco ASA, and what speaks like it. Ids without a reader keep code, severity and message. */
export const ciscoAsaParser: VendorParser = {
  name: 'cisco_asa',

  recognises({ text, messageAt }) {
    return text.charCodeAt(messageAt) === 0x25 && matchMark(text, messageAt) !== null;
  },

  read({ text, messageAt }, draft) {
    const mark = matchMark(text, messageAt);
    if (!mark) return undefined;
    const severity = Number(mark[2]);
    const id = mark[3] as string;
    const { event } = draft;
    event['event.dataset'] = 'cisco.asa';
    event['observer.vendor'] = 'Cisco';
    event['observer.product'] = PRODUCTS.get(mark[1] as string) as string;
    event['observer.type'] = 'firewall';
    event['event.code'] = id;
    event['event.severity'] = severity;
    event['log.level'] = LEVELS[severity] as string;
    event['event.category'] = 'network';
    event['event.type'] = severity <= 3 ? 'error' : 'info';
    readMessage(id, text.slice(messageAt + mark[0].length), draft);
    return undefined;
  },
};

function readMessage(id: string, message: string, draft: EventDraft): void {
  const reader = READERS.get(id);
  if (reader && !reader(message, draft)) draft.fail('message', `unexpected wording of ${id}`);
}

function matchMark(text: string, at: number): RegExpExecArray | null {
  MARK.lastIndex = at;
  return MARK.exec(text);
}
