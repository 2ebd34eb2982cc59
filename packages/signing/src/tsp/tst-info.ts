import { contextTag, DerError, type DerNode, readDer, TAG } from '../der/reader.ts';
import { type Instant, readBoolean, readInteger, readOid, readTime } from '../der/values.ts';
import { readAlgorithm } from './response.ts';

/** What a time-stamp states (RFC 3161 § 2.4.2, TSTInfo). */
export interface TstInfo {
  readonly policy: string;
  readonly imprintAlgorithm: string;
  readonly imprint: Buffer;
  readonly serial: bigint;
  readonly genTime: Instant;
  /** ± µs; 0 when the token says nothing. */
  readonly accuracyUs: number;
  readonly nonce: bigint | undefined;
  /** DER of the GeneralName of the authority, when named. */
  readonly tsa: DerNode | undefined;
}

/** Throws DerError. */
export function parseTstInfo(bytes: Uint8Array): TstInfo {
  const fields = readDer(bytes).open(TAG.sequence);
  if (readInteger(fields.next()) !== 1n) throw new DerError('TSTInfo is not version 1');
  const policy = readOid(fields.next());
  const imprint = fields.next(TAG.sequence).open();
  const imprintAlgorithm = readAlgorithm(imprint.next());
  const digest = imprint.next(TAG.octetString).content;
  imprint.end();
  const serial = readInteger(fields.next());
  const genTime = readTime(fields.next(TAG.generalizedTime));
  const accuracy = fields.optional(TAG.sequence);
  const ordering = fields.optional(TAG.boolean);
  if (ordering) readBoolean(ordering);
  const nonce = fields.optional(TAG.integer);
  const tsa = fields.optional(contextTag(0));
  if (fields.optional(contextTag(1))) throw new DerError('TSTInfo has extensions, which nothing here understands');
  fields.end();
  return {
    policy,
    imprintAlgorithm,
    imprint: digest,
    serial,
    genTime,
    accuracyUs: accuracy ? parseAccuracy(accuracy) : 0,
    nonce: nonce && readInteger(nonce),
    tsa: tsa?.open().next(),
  };
}

function parseAccuracy(node: DerNode): number {
  const fields = node.open();
  const part = (tag: number): number => {
    const value = fields.optional(tag);
    return value ? Number(`0x${value.content.toString('hex') || '0'}`) : 0;
  };
  const [seconds, millis, micros] = [part(TAG.integer), part(contextTag(0, false)), part(contextTag(1, false))];
  fields.end();
  return seconds * 1_000_000 + millis * 1000 + micros;
}
