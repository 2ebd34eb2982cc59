import { hash, type KeyObject, sign } from 'node:crypto';
import { HASH_NAMES, OID } from '../der/oids.ts';
import { contextTag, DerError } from '../der/reader.ts';
import * as der from '../der/writer.ts';
import type { Certificate } from '../x509/certificate.ts';
import { DIRECTORY_NAME } from '../x509/chain.ts';
import { randomSerial } from '../x509/create.ts';
import { parseRequest, type TimestampRequest } from './request.ts';
import { encodeResponse } from './response.ts';

/** Policy of the local TSA, under the arc that RFC 3061-like UUID identifiers use (X.667): nobody else's. */
export const LOCAL_POLICY = '2.25.317826164213408611960325961254927461382';

/** Longest lengths of the hashes that may be stamped, bytes. */
const IMPRINT_BYTES = { sha256: 32, sha384: 48, sha512: 64 } as const;

export interface RespondingAuthority {
  readonly privateKey: KeyObject;
  readonly certificate: Certificate;
  /** ms since 1970 */
  readonly now: () => number;
}

/** Answers a TimeStampReq as an authority (RFC 3161 § 2.4.2). */
export function respond(request: Uint8Array, authority: RespondingAuthority): Buffer {
  let asked: TimestampRequest;
  try {
    asked = parseRequest(request);
  } catch (thrown) {
    if (thrown instanceof DerError) return rejection(FAILURE.badDataFormat);
    throw thrown;
  }
  const hashName = HASH_NAMES[asked.imprintAlgorithm];
  if (!hashName) return rejection(FAILURE.badAlg);
  if (asked.imprint.length !== IMPRINT_BYTES[hashName]) return rejection(FAILURE.badDataFormat);
  if (asked.policy !== undefined && asked.policy !== LOCAL_POLICY) return rejection(FAILURE.unacceptedPolicy);
  return grant(asked, authority);
}

function grant(asked: TimestampRequest, { privateKey, certificate, now }: RespondingAuthority): Buffer {
  const tstInfo = der.sequence(
    der.integer(1),
    der.oid(LOCAL_POLICY),
    der.sequence(der.algorithm(asked.imprintAlgorithm, der.NULL), der.octetString(asked.imprint)),
    // 126 random bits instead of a counter on disk: unique without any state to lose or to restore twice.
    der.integer(randomSerial()),
    der.generalizedTime(new Date(now()), true),
    der.sequence(der.integer(1)), // the accuracy of the machine's own clock is unknown: one second is claimed
    ...(asked.nonce === undefined ? [] : [der.integer(asked.nonce)]),
    der.der(contextTag(0), der.der(DIRECTORY_NAME, certificate.subject)),
  );
  const attribute = (id: string, value: Buffer) => der.sequence(der.oid(id), der.setOf([value]));
  const signedAttributes = der.setOf([
    attribute(OID.contentType, der.oid(OID.tstInfo)),
    attribute(OID.messageDigest, der.octetString(hash('sha256', tstInfo, 'buffer'))),
    attribute(OID.signingCertificateV2, signingCertificate(certificate)),
  ]);
  return encodeResponse({
    tstInfo,
    certificates: asked.certReq ? [certificate.der] : [],
    digestAlgorithm: OID.sha256,
    signedAttributes,
    signatureAlgorithm: OID.rsaEncryption,
    signature: sign('sha256', signedAttributes, privateKey),
    issuer: certificate.issuer,
    serial: certificate.serial,
  });
}

/** SigningCertificateV2 with issuer and serial; SHA-256 is the default algorithm, so DER leaves it out. */
function signingCertificate(certificate: Certificate): Buffer {
  const issuerSerial = der.sequence(
    der.sequence(der.der(DIRECTORY_NAME, certificate.issuer)),
    der.integer(certificate.serial),
  );
  const certHash = der.octetString(Buffer.from(certificate.fingerprint, 'hex'));
  return der.sequence(der.sequence(der.sequence(certHash, issuerSerial)));
}

/** Bit numbers of PKIFailureInfo. */
const FAILURE = { badAlg: 0, badDataFormat: 5, unacceptedPolicy: 15 } as const;

function rejection(bit: number): Buffer {
  const bits = Buffer.alloc(Math.floor(bit / 8) + 1);
  bits[bits.length - 1] = 0x80 >> (bit % 8);
  return der.sequence(der.sequence(der.integer(2), der.bitString(bits, 7 - (bit % 8))));
}
