import { DerError } from '../der/reader.ts';
import { type Certificate, parseCertificate } from './certificate.ts';

/** PEM as RFC 7468 § 3 writes it strictly: 64 characters a line, LF, nothing before or after. */
export function pemEncode(label: string, der: Uint8Array): string {
  const lines = Buffer.from(der)
    .toString('base64')
    .match(/.{1,64}/g);
  return `-----BEGIN ${label}-----\n${(lines ?? []).join('\n')}\n-----END ${label}-----\n`;
}

/**
 * The certificate of a PEM file. With `exact` (all evidence files) the bytes must be those that `pemEncode` writes, so
 * that a changed line end or a second block can't pass. Throws DerError.
 */
export function certificateFromPem(pem: string | Uint8Array, options: { readonly exact?: boolean } = {}): Certificate {
  const text = typeof pem === 'string' ? pem : Buffer.from(pem).toString('latin1');
  const match = /-----BEGIN CERTIFICATE-----\s+([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----/.exec(text);
  if (!match) throw new DerError('no certificate in PEM');
  const certificate = parseCertificate(Buffer.from(match[1] as string, 'base64'));
  if (options.exact && pemEncode('CERTIFICATE', certificate.der) !== text) {
    throw new DerError('PEM is not written in its one exact form');
  }
  return certificate;
}

/** Every certificate of a PEM bundle, in order. Throws DerError. */
export function certificatesFromBundle(pem: string): Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  return blocks.map((block) => certificateFromPem(block));
}
