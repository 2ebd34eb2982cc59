import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openServerIdentity } from './server-identity.ts';
import { sh } from './testing/openssl.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'server-identity-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

test('openssl finds a server certificate for the given hosts, and it is the same at the next start', async () => {
  const open = () =>
    openServerIdentity({
      file: path.join(folder, 'tls.key'),
      certificate: path.join(folder, 'tls.pem'),
      commonName: 'logs',
      hosts: ['logs.example', '127.0.0.1', '::1', '2001:db8::10.0.0.1'],
    });
  const fingerprint = await open();
  expect(await open()).toBe(fingerprint);
  const text = await sh(folder, 'openssl x509 -in tls.pem -noout -text -fingerprint -sha256');
  expect(text).toContain('DNS:logs.example, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1');
  expect(text).toContain('IP Address:2001:DB8:0:0:0:0:A00:1');
  expect(text).toContain('TLS Web Server Authentication');
  expect(text.replaceAll(':', '').toLowerCase()).toContain(fingerprint);
  expect(await sh(folder, 'openssl verify -purpose sslserver -CAfile tls.pem tls.pem')).toContain('OK');
  expect((await stat(path.join(folder, 'tls.key'))).mode & 0o777).toBe(0o600);
});
