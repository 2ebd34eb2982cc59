import { OID } from '../der/oids.ts';
import { contextTag, DerError, type DerNode, readDer, TAG } from '../der/reader.ts';
import { readInteger, readOid } from '../der/values.ts';
import * as der from '../der/writer.ts';

/** The parts of a TimeStampResp (RFC 3161 § 2.4.2) and of the one-signer SignedData (RFC 5652 § 5.1) inside it. */
export interface TokenParts {
  /** DER of the TSTInfo. */
  readonly tstInfo: Buffer;
  /** DER of each certificate, in any order. */
  readonly certificates: readonly Buffer[];
  /** SignerIdentifier as it stands: IssuerAndSerialNumber, or [0] SubjectKeyIdentifier. */
  readonly signerId: DerNode;
  /** OID of the digest algorithm of the SignerInfo. */
  readonly digestAlgorithm: string;
  /** DER of the signed attributes as SET OF: what the signature is over (RFC 5652 § 5.4). */
  readonly signedAttributes: Buffer;
  readonly signatureAlgorithm: string;
  readonly signature: Buffer;
}

/** Words of PKIStatus (RFC 3161 § 2.4.2) by number. */
const STATUS = ['granted', 'granted with modifications', 'rejected', 'waiting', 'revocation warning', 'revocation'];

/** Throws DerError, also when the status is anything but granted. */
export function parseResponse(bytes: Uint8Array): TokenParts {
  const response = readDer(bytes).open(TAG.sequence);
  const info = response.next(TAG.sequence).open();
  const status = Number(readInteger(info.next()));
  if (status !== 0) {
    const texts = info.optional(TAG.sequence)?.open().rest() ?? [];
    const reason = texts.map((text) => text.content.toString().replace(/[^\x20-\x7e]/g, '?')).join(' ');
    throw new DerError(`status ${status} (${STATUS[status] ?? 'unknown'})${reason ? `: ${reason.slice(0, 200)}` : ''}`);
  }
  const content = response.next(TAG.sequence).open();
  response.end();
  expectOid(content.next(), OID.signedData);
  const signedData = content.next(contextTag(0)).open();
  content.end();
  const parts = parseSignedData(signedData.next(TAG.sequence));
  signedData.end();
  return parts;
}

function parseSignedData(node: DerNode): TokenParts {
  const fields = node.open();
  readInteger(fields.next()); // version, digestAlgorithms: unsigned, so only their one exact form is kept
  fields.next(TAG.set);
  const encapsulated = fields.next(TAG.sequence).open();
  expectOid(encapsulated.next(), OID.tstInfo);
  const wrapper = encapsulated.next(contextTag(0)).open();
  encapsulated.end();
  const tstInfo = wrapper.next(TAG.octetString).content;
  wrapper.end();
  const certificates = fields.optional(contextTag(0))?.open().rest() ?? [];
  fields.optional(contextTag(1)); // CRLs: unsigned, see the decision on canonical tokens
  const signers = fields.next(TAG.set).open().rest();
  fields.end();
  const [signer] = signers;
  if (!signer || signers.length !== 1) throw new DerError(`${signers.length} signers instead of one`);
  return { tstInfo, certificates: certificates.map((c) => c.expect(TAG.sequence).encoded), ...parseSigner(signer) };
}

function parseSigner(node: DerNode): Omit<TokenParts, 'tstInfo' | 'certificates'> {
  const fields = node.open(TAG.sequence);
  readInteger(fields.next());
  const signerId = fields.next();
  const digestAlgorithm = readAlgorithm(fields.next());
  const attributes = fields.next(contextTag(0));
  const signatureAlgorithm = readAlgorithm(fields.next());
  const signature = fields.next(TAG.octetString).content;
  fields.optional(contextTag(1)); // unsigned attributes
  fields.end();
  const signedAttributes = der.der(TAG.set, attributes.content);
  if (
    !der
      .setOf(
        attributes
          .open()
          .rest()
          .map((a) => a.encoded),
      )
      .equals(signedAttributes)
  ) {
    throw new DerError('signed attributes are not in the order of DER');
  }
  return { signerId, digestAlgorithm, signedAttributes, signatureAlgorithm, signature };
}

/**
 * The one exact form of a response with these parts: status granted without text, version 3, algorithms in their usual
 * spelling, certificates sorted, the signer named by issuer and serial, nothing unsigned that is not needed. Two
 * responses with the same parts give the same bytes, so any changed byte of a stored one shows.
 */
export function encodeResponse(
  parts: Omit<TokenParts, 'signerId'> & { readonly issuer: Buffer; readonly serial: bigint },
): Buffer {
  const digestAlgorithm = der.algorithm(parts.digestAlgorithm);
  const parameters = parts.signatureAlgorithm === OID.rsaEncryption ? der.NULL : undefined;
  const signerInfo = der.sequence(
    der.integer(1),
    der.sequence(parts.issuer, der.integer(parts.serial)),
    digestAlgorithm,
    der.der(contextTag(0), readDer(parts.signedAttributes).content),
    der.algorithm(parts.signatureAlgorithm, parameters),
    der.octetString(parts.signature),
  );
  const signedData = der.sequence(
    der.integer(3),
    der.setOf([digestAlgorithm]),
    der.sequence(der.oid(OID.tstInfo), der.der(contextTag(0), der.octetString(parts.tstInfo))),
    ...(parts.certificates.length > 0 ? [der.setOf(parts.certificates, contextTag(0))] : []),
    der.setOf([signerInfo]),
  );
  return der.sequence(
    der.sequence(der.integer(0)),
    der.sequence(der.oid(OID.signedData), der.der(contextTag(0), signedData)),
  );
}

/** OID of an AlgorithmIdentifier whose parameters are absent or NULL; DerError for any other parameters. */
export function readAlgorithm(node: DerNode): string {
  const fields = node.open(TAG.sequence);
  const id = readOid(fields.next());
  const parameters = fields.optional(TAG.null);
  if (!fields.atEnd || (parameters && parameters.content.length > 0)) {
    throw new DerError(`algorithm ${id} with parameters is not supported`);
  }
  return id;
}

function expectOid(node: DerNode, id: string): void {
  const found = readOid(node);
  if (found !== id) throw new DerError(`content type is ${found} instead of ${id}`);
}
