import type { Cursor } from './cursor.ts';

const COLON = 0x3a;
const SLASH = 0x2f;
const OPEN = 0x28;
const CLOSE = 0x29;
const SPACE = 0x20;
const BACKSLASH = 0x5c;
const MAX_INTERFACE = 64;
const MAX_IDENTITY = 128;
const MAX_PORT = 65_535;

/** An address and its port: places in the bytes; `port` is −1 where there is none. */
export class Address {
  from = 0;
  to = 0;
  port = -1;
  portFrom = 0;
  portTo = 0;

  /** `10.1.1.5/51000`, with or without the port. Only IPv4. */
  read(cursor: Cursor): boolean {
    this.from = cursor.at;
    this.to = cursor.quad();
    this.port = -1;
    if (this.to < 0) return false;
    return cursor.byte !== SLASH || this.readPort(cursor);
  }

  /** A byte and the port behind it. */
  readPort(cursor: Cursor): boolean {
    cursor.at += 1;
    this.portFrom = cursor.at;
    this.port = cursor.digits(5);
    this.portTo = cursor.at;
    return this.port >= 0 && this.port <= MAX_PORT;
  }

  equalsHost(other: Address, bytes: Uint8Array): boolean {
    return same(bytes, this.from, this.to, other.from, other.to);
  }

  /** Written in the same way? */
  equals(other: Address, bytes: Uint8Array): boolean {
    if (!this.equalsHost(other, bytes)) return false;
    if (this.port < 0 || other.port < 0) return this.port === other.port;
    return same(bytes, this.portFrom, this.portTo, other.portFrom, other.portTo);
  }
}

/** One side of a connection: `inside:10.1.1.5/51000(LOCAL\ayse) (203.0.113.5/1024)`. */
export class Side {
  interfaceFrom = -1;
  interfaceTo = -1;
  readonly address = new Address();
  hasMapped = false;
  readonly mapped = new Address();
  /** The identity, −1 for none. */
  identityFrom = -1;
  identityTo = -1;

  /** The address; what may stand behind it is read by `readIdentity` and `readMapped`. */
  read(cursor: Cursor): boolean {
    this.clear();
    this.interfaceFrom = cursor.until(COLON, MAX_INTERFACE);
    if (this.interfaceFrom < 0) return false;
    this.interfaceTo = cursor.at;
    cursor.at += 1;
    return this.address.read(cursor) && isEndOfAddress(cursor.byte);
  }

  /** `from 203.0.113.66/40001`, without an interface. */
  readBare(cursor: Cursor): boolean {
    this.clear();
    return this.address.read(cursor) && isEndOfAddress(cursor.byte);
  }

  clear(): void {
    this.interfaceFrom = -1;
    this.identityFrom = -1;
    this.hasMapped = false;
  }

  /**
   * Takes an identity in parentheses, where one comes next; of two the first one counts. False when the parentheses hold
   * anything unusual.
   */
  readIdentity(cursor: Cursor): boolean {
    const open = openingAt(cursor);
    if (open < 0 || isAddressIn(cursor, open)) return true;
    const { bytes } = cursor;
    const limit = Math.min(cursor.end, open + MAX_IDENTITY + 2);
    let at = open + 1;
    while (at < limit && isPlain(bytes[at] as number)) at++;
    if (at === open + 1 || at >= limit || bytes[at] !== CLOSE) return false;
    if (this.identityFrom < 0) {
      this.identityFrom = open + 1;
      this.identityTo = at;
    }
    cursor.at = at + 1;
    return true;
  }

  /** Takes the translated address in parentheses, where one comes next. False when it is not a usual one. */
  readMapped(cursor: Cursor): boolean {
    const open = openingAt(cursor);
    if (open < 0 || !isAddressIn(cursor, open)) return true;
    cursor.at = open + 1;
    this.hasMapped = true;
    return this.mapped.read(cursor) && this.mapped.port >= 0 && cursor.literal(')');
  }
}

/** Of an identity: no blanks and slashes, by which other things in parentheses are told apart; commas part a tag from it. */
function isPlain(byte: number): boolean {
  return byte > SPACE && byte !== OPEN && byte !== CLOSE && byte !== SLASH && byte !== 0x2c && byte !== COLON;
}

/** Place of the parenthesis that comes next, after a blank or none; −1 where something else comes. */
function openingAt({ bytes, at, end }: Cursor): number {
  const open = at < end && bytes[at] === SPACE ? at + 1 : at;
  return open < end && bytes[open] === OPEN ? open : -1;
}

/** Do the parentheses begin like an address with its port? The next address is looked at by its slash. */
function isAddressIn({ bytes, end }: Cursor, open: number): boolean {
  for (let at = open + 1; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === SLASH) return true;
    if (byte === CLOSE || byte === OPEN || byte <= SPACE || byte === BACKSLASH) return false;
  }
  return false;
}

function isEndOfAddress(byte: number): boolean {
  return byte === -1 || byte === SPACE || byte === OPEN;
}

function same(bytes: Uint8Array, from: number, to: number, otherFrom: number, otherTo: number): boolean {
  if (to - from !== otherTo - otherFrom) return false;
  for (let at = 0; at < to - from; at++) if (bytes[from + at] !== bytes[otherFrom + at]) return false;
  return true;
}
