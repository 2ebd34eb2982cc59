import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { connect, createServer } from 'node:tls';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Keeper, openKeeper } from '../../keeper/keeper.ts';
import { ServiceError } from '../process/service-error.ts';
import { type CertificateAuthority, type IssueOptions, makeCertificateAuthority } from './certificates.ts';

let keeper: Keeper;
let authority: CertificateAuthority;
beforeAll(async () => {
  keeper = await openKeeper('test-certificates');
  authority = await makeCertificateAuthority(keeper);
});
afterAll(() => keeper.close());

/** What a TLS client that trusts `anchor` thinks of a server with a newly issued certificate. */
async function handshake(name: string, options: IssueOptions, anchor = authority.pem): Promise<string> {
  const { certificate, key } = await authority.issue(name, options);
  const server = createServer({ cert: certificate, key }, (socket) => socket.on('error', () => socket.destroy()));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const socket = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', ca: anchor });
  try {
    return await once(socket, 'secureConnect').then(
      () => 'trusted',
      (error: NodeJS.ErrnoException) => String(error.code),
    );
  } finally {
    socket.destroy();
    server.close();
  }
}

test('a TLS client trusts what it issues, for the hosts it was issued for and while it is valid', async () => {
  const other = await makeCertificateAuthority(keeper, 'other-ca');
  expect(await handshake('good', {})).toBe('trusted');
  expect(await handshake('elsewhere', { hosts: ['log.example', '127.0.0.2'] })).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  expect(await handshake('expired', { notAfter: new Date(Date.now() - 60_000) })).toBe('CERT_HAS_EXPIRED');
  expect(await handshake('early', { notBefore: new Date(Date.now() + 60_000) })).toBe('CERT_NOT_YET_VALID');
  expect(await handshake('stranger', {}, other.pem)).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
});

test('many are issued at once, each with a number of its own', async () => {
  const issued = await Promise.all(['a', 'b', 'c', 'd'].map((name) => authority.issue(name)));
  const serials = issued.map(({ certificate }) => new X509Certificate(certificate).serialNumber);
  expect(new Set(serials).size).toBe(4);
});

test('what openssl says against it is told, and the authority goes on', async () => {
  const refused = await authority.issue('bad', { hosts: ['not a host,'] }).catch((error: unknown) => error);
  expect(refused).toBeInstanceOf(ServiceError);
  expect(String(refused)).toMatch(/ca: openssl ca failed \(1\)\n {2}Its last log lines:\n/);
  await authority.issue('again');
});
