import { X509Certificate } from 'node:crypto';
import { expect, it } from 'vitest';
import { createSelfSigned } from './self-signed.ts';

it('vouches for its own key under its name, from a day back on', async () => {
  const before = Date.now();
  const { privateKey, certificates } = await createSelfSigned({
    bits: 2048,
    years: 10,
    commonName: 'logs',
    use: 'server',
    hosts: ['logs.example', '192.0.2.1'],
  });
  const certificate = new X509Certificate(certificates[0] as Buffer);
  expect(certificate.verify(certificate.publicKey)).toBe(true);
  expect(certificate.checkPrivateKey(privateKey)).toBe(true);
  expect(certificate.subject).toBe('O=LogMaster\nCN=logs');
  expect(certificate.issuer).toBe(certificate.subject);
  expect(certificate.checkHost('logs.example')).toBe('logs.example');
  expect(certificate.checkIP('192.0.2.1')).toBe('192.0.2.1');
  // A certificate's time has whole seconds.
  const day = 86_400_000;
  expect(before - certificate.validFromDate.getTime()).toBeGreaterThan(day - 60_000);
  expect(certificate.validToDate.getTime() - certificate.validFromDate.getTime()).toBe(10 * 365.25 * day + day);
});
