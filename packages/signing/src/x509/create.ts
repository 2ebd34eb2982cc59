import { hash, type KeyObject, randomBytes, sign } from 'node:crypto';
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
  readonly use: 'authority' | 'signature' | 'timeStamping';
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

function extensions({ use, publicKey, issuerPublicKey }: NewCertificate): Buffer[] {
  const usage = use === 'authority' ? der.bitString(Buffer.of(0x06), 1) : der.bitString(Buffer.of(0xc0), 6);
  const constraints = use === 'authority' ? der.sequence(der.boolean(true), der.integer(0)) : der.sequence();
  return [
    extension(OID.basicConstraints, true, constraints),
    extension(OID.keyUsage, true, usage), // keyCertSign, cRLSign or digitalSignature, nonRepudiation
    ...(use === 'timeStamping' ? [extension(OID.extendedKeyUsage, true, der.sequence(der.oid(OID.timeStamping)))] : []),
    extension(OID.subjectKeyIdentifier, false, der.octetString(keyIdentifier(publicKey))),
    extension(
      OID.authorityKeyIdentifier,
      false,
      der.sequence(der.der(contextTag(0, false), keyIdentifier(issuerPublicKey))),
    ),
  ];
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
