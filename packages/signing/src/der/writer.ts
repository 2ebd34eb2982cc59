import { TAG } from './reader.ts';

/** Writes DER. Each function returns one whole encoded value. */

export function der(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(contents);
  if (content.length < 0x80) return Buffer.concat([Buffer.of(tag, content.length), content]);
  const octets = Math.ceil((32 - Math.clz32(content.length)) / 8);
  const length = Buffer.alloc(octets);
  length.writeUIntBE(content.length, 0, octets);
  return Buffer.concat([Buffer.of(tag, 0x80 | octets), length, content]);
}

export function sequence(...values: readonly Uint8Array[]): Buffer {
  return der(TAG.sequence, ...values);
}

/** SET OF: the values in ascending order of their encodings (X.690 § 11.6). */
export function setOf(values: readonly Uint8Array[], tag: number = TAG.set): Buffer {
  return der(tag, ...values.toSorted(Buffer.compare));
}

export function integer(value: bigint | number): Buffer {
  let hex = BigInt(value).toString(16);
  if (BigInt(value) < 0n) throw new RangeError('only integers from 0 on are written here');
  if (hex.length % 2 === 1) hex = `0${hex}`;
  const bytes = Buffer.from(hex, 'hex');
  return der(TAG.integer, (bytes[0] as number) >= 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes);
}

export function oid(text: string): Buffer {
  const [root = 0n, second = 0n, ...rest] = text.split('.').map(BigInt);
  const bytes = [root * 40n + second, ...rest].flatMap((arc) => {
    const digits = [Number(arc & 0x7fn)];
    for (let more = arc >> 7n; more > 0n; more >>= 7n) digits.unshift(Number(more & 0x7fn) | 0x80);
    return digits;
  });
  return der(TAG.oid, Buffer.from(bytes));
}

export function octetString(bytes: Uint8Array): Buffer {
  return der(TAG.octetString, bytes);
}

export function bitString(bytes: Uint8Array, unusedBits = 0): Buffer {
  return der(TAG.bitString, Buffer.of(unusedBits), bytes);
}

export function boolean(value: boolean): Buffer {
  return der(TAG.boolean, Buffer.of(value ? 0xff : 0));
}

export function utf8String(text: string): Buffer {
  return der(TAG.utf8String, Buffer.from(text));
}

export const NULL = Buffer.of(TAG.null, 0);

/** GeneralizedTime; `precise` adds ms without closing zeros (RFC 3161 § 2.4.2). */
export function generalizedTime(at: Date, precise = false): Buffer {
  const [whole = '', millis = ''] = at
    .toISOString()
    .replace(/[-:TZ]/g, '')
    .split('.');
  const fraction = millis.replace(/0+$/, '');
  return der(TAG.generalizedTime, Buffer.from(`${whole}${precise && fraction ? `.${fraction}` : ''}Z`));
}

/** Time of RFC 5280 § 4.1.2.5: UTCTime until 2049, GeneralizedTime from 2050 on. */
export function certificateTime(at: Date): Buffer {
  if (at.getUTCFullYear() >= 2050) return generalizedTime(at);
  return der(TAG.utcTime, Buffer.from(`${at.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`));
}

/** AlgorithmIdentifier without parameters, or with NULL where the algorithm asks for it. */
export function algorithm(id: string, parameters?: Uint8Array): Buffer {
  return parameters ? sequence(oid(id), parameters) : sequence(oid(id));
}
