import { OID } from '../der/oids.ts';
import { contextTag, readDer, TAG } from '../der/reader.ts';
import { readInteger, readOid } from '../der/values.ts';
import type { Certificate } from './certificate.ts';

/** Certification paths (RFC 5280 § 6) as far as time-stamp authorities need them: no name constraints, no policies. */

/** Longest path followed, anchor included. Real ones have three or four. */
const MAX_PATH = 8;

/** Signature algorithms of certificates that are still worth something. SHA-1 and MD5 are not among them. */
const STRONG: ReadonlySet<string> = new Set([
  OID.sha256WithRsa,
  OID.sha384WithRsa,
  OID.sha512WithRsa,
  OID.rsaPss,
  OID.ecdsaWithSha256,
  OID.ecdsaWithSha384,
  OID.ecdsaWithSha512,
]);

/** Critical extensions whose meaning is checked here or by the caller; any other critical one refuses the path. */
const UNDERSTOOD: ReadonlySet<string> = new Set([
  OID.basicConstraints,
  OID.keyUsage,
  OID.extendedKeyUsage,
  OID.subjectKeyIdentifier,
  OID.authorityKeyIdentifier,
  OID.certificatePolicies,
]);

/** From `first` on, each next certificate of the bag that issued the one before; ends at a self-signed one or where none is. */
export function pathFrom(first: Certificate, bag: readonly Certificate[]): Certificate[] {
  const path = [first];
  for (let last = first; path.length < MAX_PATH && !isSelfSigned(last); ) {
    const issuer = bag.find((candidate) => !path.includes(candidate) && issued(candidate, last));
    if (!issuer) break;
    path.push(issuer);
    last = issuer;
  }
  return path;
}

export function isSelfSigned(certificate: Certificate): boolean {
  return certificate.issuer.equals(certificate.subject) && certificate.x509.verify(certificate.x509.publicKey);
}

/**
 * Why the path does not lead to one of the anchors at that moment, or undefined when it does. The path's own last
 * certificates may be anchors or be issued by one.
 */
export function pathFault(
  path: readonly Certificate[],
  anchors: readonly Certificate[],
  at: number,
): string | undefined {
  const full = closePath(path, anchors);
  if (!full) return `its chain leads to no pinned anchor, but to "${oneLine(path.at(-1)?.x509.issuer)}"`;
  return chainFault(full, at);
}

/** Validity, signatures, authority bits of a whole path, the last one being trusted as it is. */
export function chainFault(path: readonly Certificate[], at: number): string | undefined {
  for (const [depth, certificate] of path.entries()) {
    const name = `certificate "${oneLine(certificate.x509.subject)}"`;
    if (at < certificate.notBefore.ms || at >= certificate.notAfter.ms + 1000)
      return `${name} was not valid at genTime`;
    for (const [id, { critical }] of certificate.extensions) {
      if (critical && !UNDERSTOOD.has(id)) return `${name} has an unknown critical extension ${id}`;
    }
    const issuer = path[depth + 1];
    if (!issuer) continue;
    if (!STRONG.has(certificate.signatureAlgorithm)) return `${name} is signed with a weak algorithm`;
    if (!issued(issuer, certificate)) return `${name} is not signed by "${oneLine(issuer.x509.subject)}"`;
    // depth counts the intermediates below this issuer, the leaf not among them.
    const allowed = pathLength(issuer);
    if (allowed !== undefined && depth > allowed)
      return `"${oneLine(issuer.x509.subject)}" may not have so long a path`;
  }
  return undefined;
}

function closePath(path: readonly Certificate[], anchors: readonly Certificate[]): Certificate[] | undefined {
  for (const [index, certificate] of path.entries()) {
    if (anchors.some((anchor) => anchor.der.equals(certificate.der))) return path.slice(0, index + 1);
    const anchor = anchors.find((candidate) => issued(candidate, certificate));
    if (anchor) return [...path.slice(0, index + 1), anchor];
  }
  return undefined;
}

function issued(issuer: Certificate, certificate: Certificate): boolean {
  return (
    issuer.x509.ca &&
    issuer.subject.equals(certificate.issuer) &&
    certificate.x509.checkIssued(issuer.x509) &&
    certificate.x509.verify(issuer.x509.publicKey)
  );
}

/** pathLenConstraint, undefined for none. */
function pathLength(certificate: Certificate): number | undefined {
  const extension = certificate.extensions.get(OID.basicConstraints);
  if (!extension) return undefined;
  const fields = readDer(extension.value).open();
  fields.optional(TAG.boolean);
  const length = fields.optional(TAG.integer);
  return length && Number(readInteger(length));
}

/** True when the certificate's extended key usage is critical and names time-stamping alone (RFC 3161 § 2.3). */
export function isForTimeStampingOnly(certificate: Certificate): boolean {
  const extension = certificate.extensions.get(OID.extendedKeyUsage);
  if (!extension?.critical) return false;
  const purposes = readDer(extension.value).open(TAG.sequence).rest();
  return purposes.length === 1 && purposes.every((purpose) => readOid(purpose) === OID.timeStamping);
}

/** False when keyUsage is there and allows neither digitalSignature nor nonRepudiation. */
export function maySign(certificate: Certificate): boolean {
  const extension = certificate.extensions.get(OID.keyUsage);
  if (!extension) return true;
  const bits = readDer(extension.value).expect(TAG.bitString).content[1] ?? 0;
  return (bits & 0xc0) !== 0;
}

/** Content of the subjectKeyIdentifier extension. */
export function subjectKeyId(certificate: Certificate): Buffer | undefined {
  const extension = certificate.extensions.get(OID.subjectKeyIdentifier);
  return extension && readDer(extension.value).expect(TAG.octetString).content;
}

/** DER of GeneralNames holding one directoryName, as ESSCertID and TSTInfo.tsa write a Name. */
export const DIRECTORY_NAME = contextTag(4);

function oneLine(name: string | undefined): string {
  return (name ?? '').replaceAll('\n', ', ');
}
