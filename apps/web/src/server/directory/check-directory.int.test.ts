import type { LdapSettings } from '@logmaster/core/config/ldap-settings';
import { type Keeper, openKeeper } from '@logmaster/testkit/keeper/keeper';
import type { DirectoryService } from '@logmaster/testkit/services/directory';
import { createOpenLdap } from '@logmaster/testkit/services/openldap';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkDirectory } from './check-directory.ts';

const LIMIT_MS = 3_000;

let keeper: Keeper;
let directory: DirectoryService;
let strict: DirectoryService;
beforeAll(async () => {
  keeper = await openKeeper('test-directory');
  [directory, strict] = await Promise.all([
    createOpenLdap(keeper, { name: 'directory' }),
    createOpenLdap(keeper, { name: 'strict', requireTls: true, certificate: { hosts: ['elsewhere.example.org'] } }),
  ]);
  await Promise.all([directory.start(), strict.start()]);
});
afterAll(() => keeper.close());

function settings(of: DirectoryService, more: Partial<LdapSettings> = {}): LdapSettings {
  return { url: of.url, startTls: true, ca: of.ca, bind: of.serviceAccount, baseDn: of.baseDn, ...more };
}

test('is well by StartTLS, by ldaps, and inside the machine without either', async () => {
  expect(await checkDirectory(settings(directory), LIMIT_MS)).toEqual({ state: 'ok' });
  expect(await checkDirectory(settings(directory, { url: directory.ldapsUrl, startTls: false }), LIMIT_MS)).toEqual({
    state: 'ok',
  });
  expect(await checkDirectory(settings(directory, { startTls: false, ca: undefined }), LIMIT_MS)).toEqual({
    state: 'ok',
  });
});

test.each<[string, () => LdapSettings, string]>([
  [
    'a wrong password',
    () => settings(directory, { bind: { dn: directory.serviceAccount.dn, password: 'wrong' } }),
    'LDAP_REFUSED',
  ],
  ['an unknown account', () => settings(directory, { bind: { dn: 'cn=nobody', password: 'x' } }), 'LDAP_REFUSED'],
  ['a base that is not there', () => settings(directory, { baseDn: 'dc=nowhere,dc=org' }), 'LDAP_NO_BASE'],
  ['a base that nobody may read', () => settings(directory, { bind: undefined }), 'LDAP_NO_BASE'],
  ['an authority that is not trusted', () => settings(directory, { ca: undefined }), 'LDAP_TLS'],
  [
    'the same by ldaps',
    () => settings(directory, { url: directory.ldapsUrl, startTls: false, ca: strict.ca }),
    'LDAP_TLS',
  ],
  ['a certificate of another host', () => settings(strict), 'LDAP_TLS'],
  ['TLS that the server demands', () => settings(strict, { startTls: false, ca: undefined }), 'LDAP_TLS'],
  [
    'TLS where none is spoken',
    () => settings(directory, { url: directory.url.replace('ldap:', 'ldaps:'), startTls: false }),
    'LDAP_AWAY',
  ],
  ['nobody there', () => settings(directory, { url: 'ldap://127.0.0.1:1' }), 'LDAP_AWAY'],
])('%s is told', async (_, given, code) => {
  expect(await checkDirectory(given(), LIMIT_MS)).toMatchObject({ state: 'down', code });
});

test('one that hangs is given up in bounded time', async () => {
  await directory.hang();
  expect(await checkDirectory(settings(directory), 200)).toMatchObject({ state: 'down', code: 'LDAP_AWAY' });
  await directory.resume();
  expect(await checkDirectory(settings(directory), LIMIT_MS)).toEqual({ state: 'ok' });
});
