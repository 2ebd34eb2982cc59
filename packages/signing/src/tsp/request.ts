import { OID } from '../der/oids.ts';
import { contextTag, readDer, TAG } from '../der/reader.ts';
import { readBoolean, readInteger, readOid } from '../der/values.ts';
import * as der from '../der/writer.ts';
import { readAlgorithm } from './response.ts';

/** TimeStampReq (RFC 3161 § 2.4.1). */
export interface TimestampRequest {
  /** OID and value of the hash to stamp. */
  readonly imprintAlgorithm: string;
  readonly imprint: Buffer;
  readonly policy: string | undefined;
  readonly nonce: bigint | undefined;
  readonly certReq: boolean;
}

/** A request for the stamp of a SHA-256 digest, with nonce and certificates asked for. */
export function encodeRequest(digest: Uint8Array, nonce: bigint, policy?: string): Buffer {
  return der.sequence(
    der.integer(1),
    der.sequence(der.algorithm(OID.sha256, der.NULL), der.octetString(digest)),
    ...(policy ? [der.oid(policy)] : []),
    der.integer(nonce),
    der.boolean(true),
  );
}

/** Throws DerError. Extensions are refused: none is understood. */
export function parseRequest(bytes: Uint8Array): TimestampRequest {
  const fields = readDer(bytes).open(TAG.sequence);
  fields.next(TAG.integer);
  const imprint = fields.next(TAG.sequence).open();
  const imprintAlgorithm = readAlgorithm(imprint.next());
  const digest = imprint.next(TAG.octetString).content;
  imprint.end();
  const policy = fields.optional(TAG.oid);
  const nonce = fields.optional(TAG.integer);
  const certReq = fields.optional(TAG.boolean);
  fields.optional(contextTag(0))?.expect(TAG.null);
  fields.end();
  return {
    imprintAlgorithm,
    imprint: digest,
    policy: policy && readOid(policy),
    nonce: nonce && readInteger(nonce),
    certReq: certReq !== undefined && readBoolean(certReq),
  };
}
