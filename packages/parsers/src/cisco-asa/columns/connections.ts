import type { EventDraft } from '../../event/draft.ts';
import { setKind } from '../../event/kind.ts';
import type { AsaColumns } from './asa-columns.ts';
import type { Cursor } from './cursor.ts';
import { Side } from './side.ts';

/** Reads one message from bytes; the meaning is that of the event parser. False: it has to be read as text. */
export type ColumnMessageReader = (cursor: Cursor, columns: AsaColumns) => boolean;

const first = new Side();
const second = new Side();
const extra = new Side();

export const setBuilt = (draft: EventDraft): void => setKind(draft, 'network', 'start', 'built');
export const setTornDown = (draft: EventDraft): void => setKind(draft, 'network', 'end', 'teardown');
export const setTransport = (draft: EventDraft, value: string): void => draft.transport(value);

/** 302013, 302015 */
export const readBuilt: ColumnMessageReader = (cursor, columns) => {
  const { bytes } = cursor;
  if (!cursor.literal('Built ')) return false;
  const directionFrom = cursor.at;
  const inbound = cursor.literal('inbound ');
  if (!inbound && !cursor.literal('outbound ')) return false;
  const directionTo = cursor.at - 1;
  const protocolFrom = cursor.word(64);
  const protocolTo = cursor.at;
  if (protocolFrom < 0 || !cursor.literal(' connection ')) return false;
  const sessionFrom = cursor.at;
  if (cursor.digits(20) < 0) return false;
  const sessionTo = cursor.at;
  if (!cursor.literal(' for ') || !readMappedSide(cursor, first) || !cursor.literal(' to ')) return false;
  extra.clear();
  if (!readMappedSide(cursor, second) || !extra.readIdentity(cursor) || !endsParentheses(cursor)) return false;
  columns.constant(setBuilt);
  columns.text('network.direction', bytes, directionFrom, directionTo);
  columns.text('logmaster.session.id', bytes, sessionFrom, sessionTo);
  return (
    columns.by(setTransport, bytes, protocolFrom, protocolTo) &&
    columns.sides(bytes, inbound ? first : second, inbound ? second : first, extra)
  );
};

/** 302014, 302016 */
export const readTeardown: ColumnMessageReader = (cursor, columns) => {
  const { bytes } = cursor;
  if (!cursor.literal('Teardown ')) return false;
  const protocolFrom = cursor.word(64);
  const protocolTo = cursor.at;
  if (protocolFrom < 0 || !cursor.literal(' connection ')) return false;
  const sessionFrom = cursor.at;
  if (cursor.digits(20) < 0) return false;
  const sessionTo = cursor.at;
  if (!cursor.literal(' for ') || !first.read(cursor) || !first.readIdentity(cursor)) return false;
  if (!cursor.literal(' to ') || !second.read(cursor) || !second.readIdentity(cursor)) return false;
  if (!cursor.literal(' duration ')) return false;
  const seconds = cursor.clock();
  if (seconds < 0 || !cursor.literal(' bytes ')) return false;
  const total = cursor.digits(16);
  if (total < 0 || !Number.isSafeInteger(total)) return false;
  if (!readReason(cursor, columns)) return false;
  columns.constant(setTornDown);
  columns.text('logmaster.session.id', bytes, sessionFrom, sessionTo);
  columns.number('network.bytes', total);
  const inbound = first.address.port >= 0 && second.address.port >= 0 && first.address.port > second.address.port;
  return (
    columns.duration(seconds) &&
    columns.by(setTransport, bytes, protocolFrom, protocolTo) &&
    columns.sides(bytes, inbound ? first : second, inbound ? second : first, extra)
  );
};

/** 302020, 302021 */
export const readIcmp: ColumnMessageReader = (cursor, columns) => {
  const { bytes } = cursor;
  const built = cursor.literal('Built ');
  if (!built && !cursor.literal('Teardown ')) return false;
  const directionFrom = cursor.at;
  const inbound = cursor.literal('inbound ');
  const hasDirection = inbound || cursor.literal('outbound ');
  const directionTo = cursor.at - 1;
  if (!cursor.literal('ICMP connection ')) return false;
  const sessionFrom = cursor.at;
  const hasSession = cursor.digits(20) >= 0;
  const sessionTo = cursor.at;
  if (hasSession && !cursor.literal(' ')) return false;
  if (!cursor.literal('for faddr ') || !first.readBare(cursor) || first.address.port < 0) return false;
  if (!first.readIdentity(cursor) || !cursor.literal(' gaddr ')) return false;
  // the translated address of the local side
  const { mapped } = second;
  if (!mapped.read(cursor) || mapped.port < 0 || !cursor.literal(' laddr ')) return false;
  if (!second.readBare(cursor) || second.address.port < 0 || !second.readIdentity(cursor)) return false;
  if (!endsParentheses(cursor)) return false;
  // As in ../connections.ts: who asked wrote its id where the other side has 0.
  const began = inbound || (!hasDirection && first.address.port > 0 && second.address.port === 0);
  const [source, destination] = began ? [first, second] : [second, first];
  const { address } = second;
  // The port places hold ICMP id and type.
  const isMapped = !mapped.equalsHost(address, bytes);
  for (const side of [first.address, address, mapped]) side.port = -1;
  columns.constant(built ? setBuilt : setTornDown);
  if (hasSession) columns.text('logmaster.session.id', bytes, sessionFrom, sessionTo);
  if (hasDirection) columns.text('network.direction', bytes, directionFrom, directionTo);
  if (isMapped) columns.mapped(began ? 'destination' : 'source', bytes, mapped);
  const user = second.identityFrom < 0 ? first : second;
  return columns.constant(setIcmp) && columns.addresses(bytes, source, destination) && columns.user(bytes, user);
};

const setIcmp = (draft: EventDraft): void => draft.transport('icmp');

/** Identity, translated address, identity. */
function readMappedSide(cursor: Cursor, side: Side): boolean {
  return side.read(cursor) && side.readIdentity(cursor) && side.readMapped(cursor) && side.readIdentity(cursor);
}

/** Is what follows no further pair of parentheses? */
export function endsParentheses({ bytes, at, end }: Cursor): boolean {
  if (at >= end) return true;
  return bytes[at] !== 0x28 && !(bytes[at] === 0x20 && at + 1 < end && bytes[at + 1] === 0x28);
}

/** ` TCP FINs from inside (ayse)`: the reason and an identity, which goes to `extra`. */
function readReason(cursor: Cursor, columns: AsaColumns): boolean {
  const { bytes, end } = cursor;
  extra.clear();
  if (cursor.isAtEnd) return true;
  if (!endsParentheses(cursor)) return extra.readIdentity(cursor) && endsParentheses(cursor);
  if (!cursor.literal(' ')) return false;
  const from = cursor.at;
  let at = from;
  while (at < end && bytes[at] !== 0x28) {
    // Other white space would have to be trimmed.
    if ((bytes[at] as number) < 0x20) return false;
    at += 1;
  }
  if (at - from > 128) return false;
  let to = at;
  while (to > from && bytes[to - 1] === 0x20) to -= 1;
  let start = from;
  while (start < to && bytes[start] === 0x20) start += 1;
  columns.text('event.reason', bytes, start, to);
  cursor.at = at;
  return at === end || (extra.readIdentity(cursor) && extra.identityFrom >= 0 && endsParentheses(cursor));
}
