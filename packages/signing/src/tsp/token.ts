import { hash, verify } from 'node:crypto';
import { HASH_NAMES, OID } from '../der/oids.ts';
import { contextTag, DerError, type DerNode, readDer, TAG } from '../der/reader.ts';
import { readInteger, readOid } from '../der/values.ts';
import { type Certificate, parseCertificate } from '../x509/certificate.ts';
import {
  chainFault,
  DIRECTORY_NAME,
  isForTimeStampingOnly,
  maySign,
  pathFault,
  pathFrom,
  subjectKeyId,
} from '../x509/chain.ts';
import { encodeResponse, parseResponse, readAlgorithm, type TokenParts } from './response.ts';
import { parseTstInfo, type TstInfo } from './tst-info.ts';

/** A time-stamp whose inner checks all hold: signature, certificate id, purpose, attributes. Trust comes after. */
export interface Token extends TstInfo {
  readonly signer: Certificate;
  /** Certificates of the token from the signer upwards. */
  readonly path: readonly Certificate[];
  /** The response in its one exact form: what is stored as seal.tsr. */
  readonly canonical: Buffer;
}

export interface TokenExpectation {
  /** SHA-256 that must be stamped. */
  readonly digest: Uint8Array;
  readonly nonce?: bigint | undefined;
  readonly policy?: string | undefined;
  /** Undefined: the chain is checked as far as the token itself carries it. */
  readonly anchors?: readonly Certificate[] | undefined;
}

/**
 * Reads a TimeStampResp and checks all that it says about itself. Throws DerError with the reason. Unsigned extras
 * (status text, CRLs, unsigned attributes, certificates that lead nowhere) are left out of `canonical`.
 */
export function readToken(response: Uint8Array): Token {
  const parts = parseResponse(response);
  const hashName = HASH_NAMES[parts.digestAlgorithm];
  if (!hashName) throw new DerError(`digest algorithm ${parts.digestAlgorithm} is not accepted`);
  const bag = parts.certificates.map(parseCertificate);
  const signer = bag.find((certificate) => isSigner(parts.signerId, certificate));
  if (!signer) throw new DerError('the certificate of its signer is not in it');

  const attributes = readAttributes(parts.signedAttributes);
  if (readOid(attributes.get(OID.contentType) ?? missing('contentType')) !== OID.tstInfo) {
    throw new DerError('its contentType attribute is not TSTInfo');
  }
  const stated = (attributes.get(OID.messageDigest) ?? missing('messageDigest')).expect(TAG.octetString).content;
  if (!stated.equals(hash(hashName, parts.tstInfo, 'buffer'))) throw new DerError('its message digest is another');
  checkSigningCertificate(attributes.get(OID.signingCertificateV2) ?? missing('signingCertificateV2'), signer);
  const signatureAlgorithm = checkSignature(parts, hashName, signer);
  if (!isForTimeStampingOnly(signer)) throw new DerError('its signer is not for time-stamping alone (critical)');
  if (!maySign(signer)) throw new DerError('its signer may not sign (keyUsage)');

  const info = parseTstInfo(parts.tstInfo);
  if (info.tsa?.tag === DIRECTORY_NAME && !info.tsa.content.equals(signer.subject)) {
    throw new DerError('it names another authority than its signer');
  }
  const path = pathFrom(signer, bag);
  const canonical = encodeResponse({
    ...parts,
    digestAlgorithm: parts.digestAlgorithm,
    certificates: path.map((certificate) => certificate.der),
    signatureAlgorithm,
    issuer: signer.issuer,
    serial: signer.serial,
  });
  return { ...info, signer, path, canonical };
}

/** Why the token is not the one asked for, or not to be trusted; undefined when all holds. */
export function tokenFault(token: Token, expected: TokenExpectation): string | undefined {
  if (token.imprintAlgorithm !== OID.sha256) return `its imprint algorithm is ${token.imprintAlgorithm}, not SHA-256`;
  if (!token.imprint.equals(expected.digest)) return 'it stamps another hash';
  if (expected.nonce !== undefined && token.nonce !== expected.nonce) return 'its nonce is another';
  if (expected.policy !== undefined && token.policy !== expected.policy) return `its policy is ${token.policy}`;
  return expected.anchors
    ? pathFault(token.path, expected.anchors, token.genTime.ms)
    : chainFault(token.path, token.genTime.ms);
}

function isSigner(signerId: DerNode, certificate: Certificate): boolean {
  if (signerId.tag === contextTag(0, false)) return subjectKeyId(certificate)?.equals(signerId.content) ?? false;
  const fields = signerId.open(TAG.sequence);
  return (
    fields.next(TAG.sequence).encoded.equals(certificate.issuer) && readInteger(fields.next()) === certificate.serial
  );
}

/** Attribute OID → its one value. */
function readAttributes(set: Buffer): Map<string, DerNode> {
  const attributes = new Map<string, DerNode>();
  for (const attribute of readDer(set).open(TAG.set).rest()) {
    const fields = attribute.open(TAG.sequence);
    const id = readOid(fields.next());
    const [value, ...more] = fields.next(TAG.set).open().rest();
    fields.end();
    if (!value || more.length > 0 || attributes.has(id)) throw new DerError(`attribute ${id} has not one value`);
    attributes.set(id, value);
  }
  return attributes;
}

/** SigningCertificateV2 (RFC 5035 § 3): its first ESSCertIDv2 must be the signer's. */
function checkSigningCertificate(node: DerNode, signer: Certificate): void {
  const first = node.open(TAG.sequence).next(TAG.sequence).open().next(TAG.sequence).open();
  const algorithm = first.optional(TAG.sequence);
  const hashName = algorithm ? HASH_NAMES[readAlgorithm(algorithm)] : 'sha256';
  if (!hashName) throw new DerError('its certificate id uses a hash that is not accepted');
  if (!first.next(TAG.octetString).content.equals(hash(hashName, signer.der, 'buffer'))) {
    throw new DerError('its certificate id (ESSCertIDv2) is not of its signer');
  }
  const issuerSerial = first.optional(TAG.sequence)?.open();
  first.end();
  if (!issuerSerial) return;
  const names = issuerSerial.next(TAG.sequence).open().rest();
  const serial = readInteger(issuerSerial.next());
  if (
    serial !== signer.serial ||
    !names.some((name) => name.tag === DIRECTORY_NAME && name.content.equals(signer.issuer))
  ) {
    throw new DerError('its certificate id (ESSCertIDv2) names another issuer or serial than its signer');
  }
}

/** Returns the OID that names key and digest in the one exact form. */
function checkSignature(parts: TokenParts, hashName: 'sha256' | 'sha384' | 'sha512', signer: Certificate): string {
  const key = signer.x509.publicKey;
  const accepted: Record<string, readonly [rsa: string, ecdsa: string]> = {
    sha256: [OID.sha256WithRsa, OID.ecdsaWithSha256],
    sha384: [OID.sha384WithRsa, OID.ecdsaWithSha384],
    sha512: [OID.sha512WithRsa, OID.ecdsaWithSha512],
  };
  const [rsa, ecdsa] = accepted[hashName] as readonly [string, string];
  const usual = key.asymmetricKeyType === 'rsa' ? OID.rsaEncryption : ecdsa;
  const spellings =
    key.asymmetricKeyType === 'rsa' ? [OID.rsaEncryption, rsa] : key.asymmetricKeyType === 'ec' ? [ecdsa] : [];
  if (!spellings.includes(parts.signatureAlgorithm)) {
    throw new DerError(`its signature algorithm ${parts.signatureAlgorithm} is not accepted for this key`);
  }
  if (!verify(hashName, parts.signedAttributes, key, parts.signature)) throw new DerError('its signature is wrong');
  return usual;
}

function missing(attribute: string): never {
  throw new DerError(`it has no ${attribute} attribute`);
}
