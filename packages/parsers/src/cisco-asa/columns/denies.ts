import type { EventDraft } from '../../event/draft.ts';
import { setKind } from '../../event/kind.ts';
import type { AsaColumns } from './asa-columns.ts';
import type { ColumnMessageReader } from './connections.ts';
import { setTransport } from './connections.ts';
import type { Cursor } from './cursor.ts';
import { Side } from './side.ts';

const QUOTE = 0x22;
const SPACE = 0x20;
const MAX_LIST = 128;

const source = new Side();
const destination = new Side();

const setDeny = (draft: EventDraft): void => setKind(draft, 'network', 'denied', 'deny');
const setDenied = (draft: EventDraft): void => setKind(draft, 'network', 'denied', 'denied');
const setPermitted = (draft: EventDraft): void => setKind(draft, 'network', 'allowed', 'permitted');
/** `IP` stands for any protocol. */
const setProtocol = (draft: EventDraft, value: string): void => {
  if (value.toLowerCase() !== 'ip') draft.transport(value.toLowerCase());
};

/** 106023: `Deny tcp src outside:a/p dst inside:b/p by access-group "LIST" [0x8ed66b60, 0x0]` */
export const readDenyByList: ColumnMessageReader = (cursor, columns) => {
  const { bytes } = cursor;
  if (!cursor.literal('Deny ')) return false;
  const protocolFrom = cursor.word(12);
  const protocolTo = cursor.at;
  // `Deny protocol 47 src …`, `Deny inbound tcp src …`
  if (protocolFrom < 0 || !cursor.literal(' src ')) return false;
  if (!source.read(cursor) || !source.readIdentity(cursor) || !cursor.literal(' dst ')) return false;
  if (!destination.read(cursor)) return false;
  // What stands in ICMP's parentheses is no identity.
  let isTyped = cursor.literal(' (type ');
  if (!isTyped) {
    if (!destination.readIdentity(cursor)) return false;
    isTyped = cursor.literal(' (type ');
  }
  if (isTyped && !readIcmpType(cursor, columns)) return false;
  if (!cursor.literal(' by access-group "')) return false;
  const listFrom = cursor.until(QUOTE, MAX_LIST);
  const listTo = cursor.at;
  if (listFrom < 0 || !cursor.literal('"') || !readHashes(cursor)) return false;
  columns.constant(setDeny);
  columns.text('rule.name', bytes, listFrom, listTo);
  if (isWord(bytes, protocolFrom, protocolTo, 'protocol') || isWord(bytes, protocolFrom, protocolTo, 'inbound'))
    return false;
  columns.addresses(bytes, source, destination);
  return columns.by(setProtocol, bytes, protocolFrom, protocolTo) && columns.user(bytes, source);
};

/** `8, code 0)` */
function readIcmpType(cursor: Cursor, columns: AsaColumns): boolean {
  const { bytes } = cursor;
  const typeFrom = cursor.at;
  if (cursor.digits(3) < 0) return false;
  columns.label('icmp_type', bytes, typeFrom, cursor.at);
  if (!cursor.literal(', code ')) return false;
  const codeFrom = cursor.at;
  if (cursor.digits(3) < 0) return false;
  columns.label('icmp_code', bytes, codeFrom, cursor.at);
  return cursor.literal(')');
}

/** ` [0x8ed66b60, 0x0]`, which says nothing, or nothing. */
function readHashes(cursor: Cursor): boolean {
  if (cursor.isAtEnd) return true;
  if (!cursor.literal(' [0x') || cursor.word(8) < 0 || !cursor.literal(', 0x') || cursor.word(8) < 0) return false;
  return cursor.literal(']') && cursor.isAtEnd;
}

/** 106100: `access-list LIST denied tcp inside/a(p) -> outside/b(p) hit-cnt 1 first hit [0x8ed66b60, 0x0]` */
export const readAccessList: ColumnMessageReader = (cursor, columns) => {
  const { bytes } = cursor;
  if (!cursor.literal('access-list ')) return false;
  const listFrom = cursor.until(SPACE, MAX_LIST);
  const listTo = cursor.at;
  if (listFrom < 0) return false;
  const denied = cursor.literal(' denied ');
  if (!denied && !cursor.literal(' permitted ')) return false;
  const protocolFrom = cursor.word(12);
  const protocolTo = cursor.at;
  // ICMP has no ports between its parentheses.
  if (protocolFrom < 0 || !isPortsProtocol(bytes[protocolFrom] as number)) return false;
  if (!cursor.literal(' ') || !readListSide(cursor, source)) return false;
  if (!cursor.literal(' -> ') || !readListSide(cursor, destination) || !cursor.literal(' hit-cnt ')) return false;
  const hitsFrom = cursor.at;
  if (cursor.digits(10) < 0) return false;
  columns.constant(denied ? setDenied : setPermitted);
  columns.text('rule.name', bytes, listFrom, listTo);
  columns.label('hit_count', bytes, hitsFrom, cursor.at);
  columns.addresses(bytes, source, destination);
  return columns.by(setTransport, bytes, protocolFrom, protocolTo) && columns.user(bytes, source);
};

/** `tcp`, `udp` */
function isPortsProtocol(first: number): boolean {
  return first === 0x74 || first === 0x75;
}

/** `inside/10.20.10.15(51514)(LOCAL\ayse)` */
function readListSide(cursor: Cursor, side: Side): boolean {
  side.clear();
  const { address } = side;
  side.interfaceFrom = cursor.until(0x2f, 64);
  side.interfaceTo = cursor.at;
  if (side.interfaceFrom < 0) return false;
  cursor.at += 1;
  address.from = cursor.at;
  address.to = cursor.quad();
  if (address.to < 0 || cursor.byte !== 0x28 || !address.readPort(cursor)) return false;
  return cursor.literal(')') && side.readIdentity(cursor);
}

/** 106015: `Deny TCP (no connection) from a/p to b/p flags RST ACK  on interface inside` */
export const readNoConnection: ColumnMessageReader = (cursor, columns) => {
  const { bytes } = cursor;
  if (!cursor.literal('Deny TCP (no connection) from ') || !readPair(cursor)) return false;
  if (!readFlags(cursor, columns) || !readInterface(cursor, columns)) return false;
  columns.addresses(bytes, source, destination);
  return columns.constant(setNoConnection);
};

const setNoConnection = (draft: EventDraft): void => {
  setDeny(draft);
  draft.transport('tcp');
  draft.text('event.reason', 'no connection');
};

/** 106001: `Inbound TCP connection denied from a/p to b/p flags SYN  on interface outside` */
export const readInboundTcp: ColumnMessageReader = (cursor, columns) => {
  if (!cursor.literal('Inbound TCP connection denied from ') || !readPair(cursor)) return false;
  if (!readFlags(cursor, columns) || !readInterface(cursor, columns)) return false;
  columns.addresses(cursor.bytes, source, destination);
  return columns.constant(setInboundTcp);
};

const setInboundTcp = (draft: EventDraft): void => {
  setDeny(draft);
  draft.transport('tcp');
  draft.event['network.direction'] = 'inbound';
};

/** 106006, 106007: `Deny inbound UDP from a/p to b/p on interface outside`, `… due to DNS Response` */
export const readInboundUdp: ColumnMessageReader = (cursor, columns) => {
  if (!cursor.literal('Deny inbound UDP from ') || !readPair(cursor)) return false;
  const set = cursor.literal(' due to DNS Response')
    ? setDnsResponse
    : cursor.literal(' due to DNS Query')
      ? setDnsQuery
      : setInboundUdp;
  if (set === setInboundUdp ? !readInterface(cursor, columns) : !cursor.isAtEnd) return false;
  columns.addresses(cursor.bytes, source, destination);
  return columns.constant(set);
};

const setInboundUdp = (draft: EventDraft): void => {
  setDeny(draft);
  draft.transport('udp');
  draft.event['network.direction'] = 'inbound';
};
const setDnsResponse = (draft: EventDraft): void => {
  setInboundUdp(draft);
  draft.text('event.reason', 'due to DNS Response');
};
const setDnsQuery = (draft: EventDraft): void => {
  setInboundUdp(draft);
  draft.text('event.reason', 'due to DNS Query');
};

/** `a/p to b/p` */
function readPair(cursor: Cursor): boolean {
  if (!source.readBare(cursor) || source.address.port < 0 || !cursor.literal(' to ')) return false;
  return destination.readBare(cursor) && destination.address.port >= 0;
}

/** ` flags RST ACK  on`, two to forty capitals and blanks. */
function readFlags(cursor: Cursor, columns: AsaColumns): boolean {
  if (!cursor.literal(' flags ')) return false;
  const { bytes, end } = cursor;
  const from = cursor.at;
  let at = from;
  while (
    at < end &&
    ((bytes[at] as number) === SPACE || ((bytes[at] as number) >= 0x41 && (bytes[at] as number) <= 0x5a))
  )
    at++;
  let to = at;
  while (to > from && bytes[to - 1] === SPACE) to--;
  const blanks = at - to;
  if (to - from < 2 || to - from > 40 || bytes[from] === SPACE || blanks < 1 || blanks > 2) return false;
  columns.label('tcp_flags', bytes, from, to);
  cursor.at = to + blanks - 1;
  return true;
}

/** ` on interface outside`, to the end. */
function readInterface(cursor: Cursor, columns: AsaColumns): boolean {
  if (!cursor.literal(' on interface ')) return false;
  const from = cursor.at;
  const to = cursor.end;
  if (to === from || to - from > 64) return false;
  for (let at = from; at < to; at++) if ((cursor.bytes[at] as number) <= SPACE) return false;
  columns.text('observer.ingress.interface.name', cursor.bytes, from, to);
  return true;
}

function isWord(bytes: Uint8Array, from: number, to: number, word: string): boolean {
  if (to - from !== word.length) return false;
  for (let at = from; at < to; at++) if (((bytes[at] as number) | 0x20) !== word.charCodeAt(at - from)) return false;
  return true;
}
