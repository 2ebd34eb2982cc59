import { writeFile } from 'node:fs/promises';
import { InvalidCredentialsError, NoSuchObjectError, PasswordPolicyControl, PasswordPolicyError } from 'ldapts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openGate } from '../../faults/gate.ts';
import { type Keeper, openKeeper } from '../../keeper/keeper.ts';
import { type DirectoryAccount, type DirectoryService, type LdapAccess, withLdap } from './directory.ts';
import { PEOPLE } from './directory-people.ts';
import { createOpenLdap } from './openldap.ts';

let keeper: Keeper;
let ldap: DirectoryService;
beforeAll(async () => {
  keeper = await openKeeper('test-openldap');
  ldap = await createOpenLdap(keeper);
  await ldap.start();
});
afterAll(() => keeper.close());

const [AYSE, , ISIL] = PEOPLE;
const dnOf = (username: string) => `uid=${username},ou=people,${ldap.baseDn}`;
const bind = (access: LdapAccess, account: DirectoryAccount) => withLdap(access, account, async () => 'bound');

async function search(filter: string, attributes: string[], account: DirectoryAccount = ldap.serviceAccount) {
  const access = { url: ldap.ldapsUrl, ca: ldap.ca };
  const found = await withLdap(access, account, (client) => client.search(ldap.baseDn, { filter, attributes }));
  return found.searchEntries;
}

test('people bind over ldaps and StartTLS, and the certificate is the authority’s', async () => {
  const ayse = { dn: dnOf('ayse.yilmaz'), password: AYSE.password };
  expect(await bind({ url: ldap.ldapsUrl, ca: ldap.ca }, ayse)).toBe('bound');
  expect(await bind({ url: ldap.url, ca: ldap.ca, startTls: true }, ayse)).toBe('bound');
  const isil = { dn: dnOf('isil.isik'), password: ISIL.password };
  expect(await bind({ url: ldap.ldapsUrl, ca: ldap.ca }, isil)).toBe('bound');
  const wrong = bind({ url: ldap.ldapsUrl, ca: ldap.ca }, { ...isil, password: 'Sifre-isil-1' });
  await expect(wrong).rejects.toThrow(InvalidCredentialsError);
});

test('the service account finds people by name, their groups and the groups around those; others see nothing', async () => {
  expect(await search('(cn=şükrü güneş)', ['uid'])).toMatchObject([{ uid: 'sukru.gunes' }]);
  const [isil] = await search('(cn=Işıl Işık)', ['uid', 'cn', 'memberOf']);
  expect(isil).toMatchObject({
    uid: 'isil.isik',
    cn: 'Işıl Işık',
    memberOf: expect.stringMatching(/^cn=istanbul-network,/),
  });
  const [inner] = await search('(cn=istanbul-network)', ['memberOf']);
  expect(inner?.memberOf).toBe(`cn=istanbul-it,ou=groups,${ldap.baseDn}`);
  expect(await search('(objectClass=inetOrgPerson)', ['userPassword'])).toHaveLength(PEOPLE.length);
  expect(JSON.stringify(await search('(uid=*)', ['userPassword']))).not.toMatch(/userPassword":\[?"/);
  const cem = { dn: dnOf('cem.kaya'), password: 'Parola-cem-1' };
  await expect(search('(uid=*)', ['uid'], cem)).rejects.toThrow(NoSuchObjectError);
});

test('users and groups come, change and go; memberOf and member follow', async () => {
  const user = {
    username: 'new',
    givenName: 'Çiğdem',
    surname: 'Ünlü, Dr. "+"',
    mail: 'c@example.org',
    password: 'bir',
  };
  const dn = await ldap.addUser(user);
  const group = await ldap.addGroup('takım, 1', [dn, dnOf('cem.kaya')]);
  const memberOf = async () => (await search('(uid=new)', ['memberOf']))[0]?.memberOf;
  const members = async () => [(await search('(cn=takım, 1)', ['member']))[0]?.member].flat();
  expect(await memberOf()).toMatch(/^cn=takım\\2C 1,ou=groups/);
  await ldap.removeMember(group, dn);
  expect(await memberOf()).toEqual([]);
  await ldap.addMember(group, dn);
  await ldap.setPassword(dn, 'iki');
  expect(await bind({ url: ldap.url }, { dn, password: 'iki' })).toBe('bound');
  await ldap.remove(dn);
  expect(await members()).toEqual([dnOf('cem.kaya')]);
});

test('a disabled account, and one locked after wrong passwords, are refused with the right password', async () => {
  const cem = { dn: dnOf('cem.kaya'), password: 'Parola-cem-1' };
  await ldap.disableUser(cem.dn);
  await expect(bind({ url: ldap.url }, cem)).rejects.toThrow(InvalidCredentialsError);
  await ldap.enableUser(cem.dn);
  expect(await bind({ url: ldap.url }, cem)).toBe('bound');

  const strict = await createOpenLdap(keeper, { name: 'strict', lockAfter: 2 });
  await strict.start();
  for (const password of ['x', 'y']) {
    await expect(bind({ url: strict.url }, { ...cem, password })).rejects.toThrow(InvalidCredentialsError);
  }
  const why = new PasswordPolicyControl();
  const asked = withLdap({ url: strict.url }, undefined, (client) => client.bind(cem.dn, cem.password, why));
  await expect(asked).rejects.toThrow(InvalidCredentialsError);
  expect(why.value?.error).toBe(PasswordPolicyError.AccountLocked);
  await strict.stop();
});

test('it can insist on encryption, and show a certificate that is expired or of another host', async () => {
  const cem = { dn: dnOf('cem.kaya'), password: 'Parola-cem-1' };
  const strict = await createOpenLdap(keeper, {
    name: 'tls-only',
    requireTls: true,
    certificate: { hosts: ['ldap.example.org'], notAfter: new Date(Date.now() - 60_000) },
  });
  await strict.start();
  await expect(bind({ url: strict.url }, cem)).rejects.toThrow(/confidentiality required/);
  await expect(bind({ url: strict.ldapsUrl, ca: strict.ca }, cem)).rejects.toThrow(/certificate has expired/);
  expect(await bind({ url: strict.ldapsUrl }, cem)).toBe('bound');
  await strict.stop();
});

test('killed, hung, cut off: clients are told, and afterwards everything is there', async () => {
  const ayse = { dn: dnOf('ayse.yilmaz'), password: AYSE.password };
  await ldap.kill();
  await expect(bind({ url: ldap.url, timeoutMs: 500 }, ayse)).rejects.toThrow(/ECONNREFUSED/);
  await expect(ldap.ready()).rejects.toThrow(/does not run/);
  await ldap.start();
  expect(await search('(uid=*)', ['uid'])).toHaveLength(PEOPLE.length);

  await ldap.hang();
  await expect(bind({ url: ldap.url, timeoutMs: 300 }, ayse)).rejects.toThrow(/timed out/);
  await ldap.resume();
  expect(await bind({ url: ldap.url }, ayse)).toBe('bound');

  const gate = await openGate(ldap.address);
  const url = `ldap://${gate.address.host}:${gate.address.port}`;
  expect(await bind({ url, ca: ldap.ca, startTls: true }, ayse)).toBe('bound');
  gate.stall();
  await expect(bind({ url, timeoutMs: 300 }, ayse)).rejects.toThrow(/timed out/);
  await gate.close();
});

test('a taken port and a configuration that slapd refuses are told', async () => {
  const second = await createOpenLdap(keeper, { name: 'second', port: ldap.address.port });
  await expect(second.start()).rejects.toThrow(/second: port \d+ on 127\.0\.0\.1 is used by another program/);
  const broken = await createOpenLdap(keeper, { name: 'broken' });
  await writeFile(`${keeper.folder}/broken/slapd.conf`, 'database none-such');
  await expect(broken.start()).rejects.toThrow(/broken: it ended with code 1 while it started[\s\S]*none-such/);
});
