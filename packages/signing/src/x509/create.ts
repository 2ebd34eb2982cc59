import { hash, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isIP } from 'node:net';
import { OID } from '../der/oids.ts';
import { contextTag, readDer } from '../der/reader.ts';
import { readBitOctets } from '../der/values.ts';
import * as der from '../der/writer.ts';

export interface NewCertificate {
  /** DER Name; see `distinguishedName`. */
  readonly subject: Buffer;
  readonly issuer: Buffer;
  readonly publicKey: KeyObject;
  /** RSA private key of the issuer. */
  readonly issuerKey: KeyObject;
  readonly issuerPublicKey: KeyObject;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly use: 'authority' | 'signature' | 'timeStamping' | 'server';
  /** Of a server: DNS names and IP addresses it is reached by. */
  readonly hosts?: readonly string[];
}

/** A certificate signed with sha256WithRSAEncryption, as DER. */
export function createCertificate(options: NewCertificate): Buffer {
  const signatureAlgorithm = der.algorithm(OID.sha256WithRsa, der.NULL);
  const tbs = der.sequence(
    der.der(contextTag(0), der.integer(2)),
    der.integer(randomSerial()),
    signatureAlgorithm,
    options.issuer,
    der.sequence(der.certificateTime(options.notBefore), der.certificateTime(options.notAfter)),
    options.subject,
    spki(options.publicKey),
    der.der(contextTag(3), der.sequence(...extensions(options))),
  );
  return der.sequence(tbs, signatureAlgorithm, der.bitString(sign('sha256', tbs, options.issuerKey)));
}

export function distinguishedName(organisation: string, commonName: string): Buffer {
  const part = (id: string, text: string) => der.setOf([der.sequence(der.oid(id), der.utf8String(text))]);
  return der.sequence(part(OID.organisation, organisation), part(OID.commonName, commonName));
}

/** 127 random bits, never 0: RFC 5280 § 4.1.2.2 wants a positive number of at most 20 octets. */
export function randomSerial(): bigint {
  const bytes = randomBytes(16);
  bytes[0] = ((bytes[0] as number) & 0x7f) | 0x40;
  return BigInt(`0x${bytes.toString('hex')}`);
}

/** keyUsage bits, RFC 5280 § 4.2.1.3: keyCertSign and cRLSign; digitalSignature and keyEncipherment; …nonRepudiation. */
function keyUsage(use: NewCertificate['use']): Buffer {
  if (use === 'authority') return der.bitString(Buffer.of(0x06), 1);
  return use === 'server' ? der.bitString(Buffer.of(0xa0), 5) : der.bitString(Buffer.of(0xc0), 6);
}

function extensions({ use, hosts = [], publicKey, issuerPublicKey }: NewCertificate): Buffer[] {
  const constraints = use === 'authority' ? der.sequence(der.boolean(true), der.integer(0)) : der.sequence();
  const purpose = { timeStamping: OID.timeStamping, server: OID.serverAuth }[use as string];
  return [
    extension(OID.basicConstraints, true, constraints),
    extension(OID.keyUsage, true, keyUsage(use)),
    // RFC 3161 § 2.3 wants it critical.
    ...(purpose ? [extension(OID.extendedKeyUsage, use === 'timeStamping', der.sequence(der.oid(purpose)))] : []),
    ...(hosts.length > 0 ? [extension(OID.subjectAltName, false, der.sequence(...hosts.map(generalName)))] : []),
    extension(OID.subjectKeyIdentifier, false, der.octetString(keyIdentifier(publicKey))),
    extension(
      OID.authorityKeyIdentifier,
      false,
      der.sequence(der.der(contextTag(0, false), keyIdentifier(issuerPublicKey))),
    ),
  ];
}

/** dNSName or iPAddress, RFC 5280 § 4.2.1.6. */
function generalName(host: string): Buffer {
  if (isIP(host) === 0) return der.der(contextTag(2, false), Buffer.from(host, 'latin1'));
  return der.der(contextTag(7, false), addressBytes(host));
}

function addressBytes(address: string): Buffer {
  if (isIP(address) === 4) return Buffer.from(address.split('.').map(Number));
  // The URL parser writes an IPv6 address without embedded IPv4 and with at most one `::`.
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const groups = (part: string) => (part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16)));
  const before = groups(head);
  const after = groups(tail ?? '');
  const zeros = new Array<number>(8 - before.length - after.length).fill(0);
  const all = [...before, ...zeros, ...after];
  return Buffer.from(all.flatMap((group) => [group >> 8, group & 255]));
}

function extension(id: string, critical: boolean, value: Buffer): Buffer {
  return der.sequence(der.oid(id), ...(critical ? [der.boolean(true)] : []), der.octetString(value));
}

/** RFC 7093 § 2 method 1: the leftmost 160 bits of the SHA-256 of the key's bits. */
function keyIdentifier(key: KeyObject): Buffer {
  const fields = readDer(spki(key)).open();
  fields.next();
  return hash('sha256', readBitOctets(fields.next()), 'buffer').subarray(0, 20);
}

function spki(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' });
}
