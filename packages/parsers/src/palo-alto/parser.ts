import type { EventDraft } from '../event/draft.ts';
import { canonicalIp } from '../values/ip.ts';
import { readTransport } from '../values/transport.ts';
import type { VendorParser } from '../vendor.ts';
import { readAudit } from './audit.ts';
import { classify } from './classify.ts';
import { COLUMNS_BY_TYPE } from './columns.ts';
import { type PanRow, readRow } from './row.ts';
import { readPanTime, readRowTime } from './time.ts';

/** `1,2026/11/23 19:56:31,<serial>,TRAFFIC,` with the longest serial. */
export const HEAD = 96;
/** A relay may have put its own header before the device's: both stand before the row. */
const MAX_PREFIX = 160;
/** `action`, the last of the columns that every session has. */
const SESSION_COLUMNS = 31;
const PERCENT = 0x25;
const COMMA = 0x2c;
/** Stands for the serial number in audit rows. */
const AUDIT = 'audit';
const SESSIONS = new Set(['TRAFFIC', 'THREAT', 'DECRYPTION', 'START', 'END', 'TUNNEL', 'GTP', 'SCTP']);

/** What is said of every row. */
export const PRODUCT = {
  'event.dataset': 'paloalto.panos',
  'observer.vendor': 'Palo Alto Networks',
  'observer.product': 'PAN-OS',
  'observer.type': 'firewall',
} as const;

/** Palo Alto Networks PAN-OS and Panorama, syslog in the default (CSV) format. */
export const paloAltoParser: VendorParser = {
  name: 'palo_alto',

  recognises({ text, messageAt }) {
    return findRow(text, messageAt) >= 0;
  },

  read({ text, messageAt }, draft) {
    const at = findRow(text, messageAt);
    const { event } = draft;
    Object.assign(event, PRODUCT);
    const row = readRow(text, at);
    if (row) return readKnown(row, draft);
    const written = readPanTime(readAudit(text, at, draft));
    return written ? { written: () => written } : undefined;
  },
};

/** How many columns each row of the type has. */
export function leastColumns(type: string): number {
  return SESSIONS.has(type) ? SESSION_COLUMNS : 0;
}

function readKnown(row: PanRow, draft: EventDraft) {
  const { setters, values } = row;
  const isShifted = SESSIONS.has(row.type) && isOtherOrder(row);
  const end = Math.min(isShifted ? FIXED_COLUMNS : setters.length, values.length);
  for (let column = 0; column < end; column++) setters[column]?.(draft, values[column] as string);
  if (isShifted) {
    // Values of other columns would be wrong.
    draft.event['event.category'] = 'network';
    draft.fail('message', 'the columns are in another order than PAN-OS has them');
    return readRowTime({ ...row, value: (name) => (HEAD_COLUMNS.has(name) ? row.value(name) : '') });
  }
  classify(row, draft);
  if (values.length < leastColumns(row.type)) draft.fail('message', 'the row ends before its action');
  return readRowTime(row);
}

/** Every row begins with these, whatever its type. */
const FIXED_COLUMNS = 7;
const HEAD_COLUMNS = new Set(['receive_time', 'time_generated']);
/** What stands beside the protocol's name. */
const NO_PROTOCOL = /^(?:0x[\da-f]+|\d{4,}|allow|deny|drop|reset-\w+)$/i;

/** A format of somebody's own, or a version that puts a column in between: the protocol's place holds its neighbour. */
function isOtherOrder(row: PanRow): boolean {
  const protocol = row.value('proto');
  if (protocol === '' || readTransport(protocol).number !== undefined) return false;
  const source = row.value('src');
  return NO_PROTOCOL.test(protocol) || (source !== '' && canonicalIp(source) === undefined);
}

/** Position of the row at or a little after `at`; -1 when there is none. */
function findRow(text: string, at: number): number {
  if (isRow(text, at)) return at;
  // Cisco's messages may name anything.
  if (text.charCodeAt(at) === PERCENT) return -1;
  const prefix = text.slice(at, at + MAX_PREFIX);
  for (let space = prefix.indexOf(' 1,2'); space >= 0; space = prefix.indexOf(' 1,2', space + 1)) {
    if (isRow(text, at + space + 1)) return at + space + 1;
  }
  return -1;
}

/** Position behind the next comma before `limit`; −1 for none. */
function behindComma(text: string, at: number, limit: number): number {
  for (let place = at; place < limit; place++) if (text.charCodeAt(place) === COMMA) return place + 1;
  return -1;
}

/** A counter, a date with time, a serial number and a known type; or those of an audit row. */
function isRow(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  if (code < 0x30 || code > 0x39) return false;
  const first = text.indexOf(',', at);
  if (first < 0 || first > at + 20 || !text.startsWith(',20', first)) return false;
  const mark = text.charCodeAt(first + 5);
  if ((mark !== 0x2f && mark !== 0x2d) || text.charCodeAt(first + 8) !== mark) return false;
  const limit = Math.min(text.length, at + HEAD);
  const serialAt = behindComma(text, first + 1, limit);
  const typeAt = serialAt < 0 ? -1 : behindComma(text, serialAt, limit);
  if (typeAt < 0) return serialAt >= 0 && text.slice(serialAt, limit) === AUDIT;
  if (typeAt - serialAt === AUDIT.length + 1 && text.startsWith(AUDIT, serialAt)) return true;
  const behind = behindComma(text, typeAt, limit);
  const type = text.slice(typeAt, behind < 0 ? limit : behind - 1);
  return COLUMNS_BY_TYPE.has(type) || COLUMNS_BY_TYPE.has(type.toUpperCase());
}
