import { createHash, X509Certificate } from 'node:crypto';
import { contextTag, DerError, type DerNode, readDer, TAG } from '../der/reader.ts';
import { type Instant, readBitOctets, readBoolean, readInteger, readOid, readTime } from '../der/values.ts';

export interface Extension {
  readonly critical: boolean;
  /** DER inside the extension's OCTET STRING. */
  readonly value: Buffer;
}

/** An X.509 certificate (RFC 5280 § 4.1), read strictly. */
export interface Certificate {
  readonly der: Buffer;
  /** SHA-256 of the DER, lower-case hex. */
  readonly fingerprint: string;
  readonly serial: bigint;
  /** OID of the algorithm it is signed with. */
  readonly signatureAlgorithm: string;
  /** DER of the issuer's and the subject's Name. */
  readonly issuer: Buffer;
  readonly subject: Buffer;
  readonly notBefore: Instant;
  readonly notAfter: Instant;
  readonly extensions: ReadonlyMap<string, Extension>;
  /** node:crypto's view of the same bytes: keys, signatures, names as text. */
  readonly x509: X509Certificate;
}

/** Throws DerError when the bytes are not exactly one certificate in strict DER. */
export function parseCertificate(bytes: Uint8Array): Certificate {
  const outer = readDer(bytes);
  const certificate = outer.open(TAG.sequence);
  const tbs = certificate.next(TAG.sequence);
  const outerAlgorithm = certificate.next(TAG.sequence);
  readBitOctets(certificate.next());
  certificate.end();

  const fields = tbs.open();
  const version = readInteger(fields.next(contextTag(0)).open().next());
  if (version !== 2n) throw new DerError('not an X.509 v3 certificate');
  const serial = readInteger(fields.next());
  const algorithm = fields.next(TAG.sequence);
  if (!algorithm.encoded.equals(outerAlgorithm.encoded)) throw new DerError('certificate names two algorithms');
  const issuer = fields.next(TAG.sequence).encoded;
  const validity = fields.next(TAG.sequence).open();
  const notBefore = readTime(validity.next());
  const notAfter = readTime(validity.next());
  validity.end();
  const subject = fields.next(TAG.sequence).encoded;
  fields.next(TAG.sequence); // subjectPublicKeyInfo: read by node:crypto
  fields.optional(contextTag(1, false));
  fields.optional(contextTag(2, false));
  const extensions = parseExtensions(fields.optional(contextTag(3)));
  fields.end();

  return {
    der: outer.encoded,
    fingerprint: createHash('sha256').update(outer.encoded).digest('hex'),
    serial,
    signatureAlgorithm: readOid(algorithm.open().next()),
    issuer,
    subject,
    notBefore,
    notAfter,
    extensions,
    x509: openX509(outer.encoded),
  };
}

function parseExtensions(node: DerNode | undefined): Map<string, Extension> {
  const extensions = new Map<string, Extension>();
  if (!node) return extensions;
  const list = node.open();
  for (const item of list.next(TAG.sequence).open().rest()) {
    const fields = item.open(TAG.sequence);
    const id = readOid(fields.next());
    const flag = fields.optional(TAG.boolean);
    const value = fields.next(TAG.octetString).content;
    fields.end();
    if (extensions.has(id)) throw new DerError(`extension ${id} stands twice`);
    extensions.set(id, { critical: flag !== undefined && readBoolean(flag), value });
  }
  list.end();
  return extensions;
}

function openX509(der: Buffer): X509Certificate {
  try {
    const x509 = new X509Certificate(der);
    x509.publicKey.type; // an unusable key shows here, not later
    return x509;
  } catch (cause) {
    throw new DerError('not a certificate that can be used', { cause });
  }
}
