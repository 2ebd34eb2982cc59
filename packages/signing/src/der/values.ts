import { DerError, type DerNode, TAG } from './reader.ts';

/** Primitive DER values to JavaScript's. All throw DerError on what DER does not allow. */

export function readOid(node: DerNode): string {
  const { content } = node.expect(TAG.oid);
  const arcs: bigint[] = [];
  let arc = 0n;
  let fresh = true;
  for (const byte of content) {
    if (fresh && byte === 0x80) throw new DerError('object identifier is padded');
    arc = (arc << 7n) | BigInt(byte & 0x7f);
    fresh = byte < 0x80;
    if (fresh) {
      arcs.push(arc);
      arc = 0n;
    }
  }
  const first = arcs.shift();
  if (first === undefined || !fresh) throw new DerError('object identifier is cut off');
  const root = first < 80n ? first / 40n : 2n;
  return [root, first - root * 40n, ...arcs].join('.');
}

export function readInteger(node: DerNode): bigint {
  const { content } = node.expect(TAG.integer);
  const [first, second] = content;
  if (first === undefined) throw new DerError('integer without content');
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
    throw new DerError('integer is padded');
  }
  return BigInt.asIntN(content.length * 8, BigInt(`0x${content.toString('hex')}`));
}

export function readBoolean(node: DerNode): boolean {
  const { content } = node.expect(TAG.boolean);
  if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) throw new DerError('boolean is not 00 or FF');
  return content[0] === 0xff;
}

/** The octets of a BIT STRING that has no unused bits. */
export function readBitOctets(node: DerNode): Buffer {
  const { content } = node.expect(TAG.bitString);
  if (content[0] !== 0) throw new DerError('bit string has unused bits');
  return content.subarray(1);
}

export interface Instant {
  /** ms since 1970, cut to whole ms. */
  readonly ms: number;
  /** How long the last digit written stands for, ms: 1000 without a fraction. */
  readonly resolutionMs: number;
}

/** UTCTime (RFC 5280: YYMMDDHHMMSSZ, 1950 to 2049) or GeneralizedTime (RFC 3161: fraction without closing zeros). */
export function readTime(node: DerNode): Instant {
  const text = node.content.toString('latin1');
  const pattern =
    node.tag === TAG.utcTime
      ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/
      : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d*[1-9]))?Z$/;
  const match = pattern.exec(text);
  if (!match || (node.tag !== TAG.utcTime && node.tag !== TAG.generalizedTime)) throw new DerError('not a time');
  const [, yy, month, day, hour, minute, second, fraction = ''] = match as unknown as [string, ...string[]];
  const year = node.tag === TAG.utcTime ? `${Number(yy) < 50 ? '20' : '19'}${yy}` : yy;
  const iso = `${year}-${month}-${day}T${hour}:${minute}:${second}.000Z`;
  const whole = Date.parse(iso);
  if (Number.isNaN(whole) || new Date(whole).toISOString() !== iso) throw new DerError('not a time');
  return { ms: whole + Number(fraction.padEnd(3, '0').slice(0, 3)), resolutionMs: 1000 / 10 ** fraction.length };
}
