import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { StrongAuthRequiredError } from 'ldapts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Keeper, openKeeper } from '../../keeper/keeper.ts';
import { type DirectoryAccount, withLdap } from './directory.ts';
import { PEOPLE } from './directory-people.ts';
import { createSambaAd, type SambaAdService } from './samba-ad.ts';

/** Its ports are below 1024. */
const asRoot = process.getuid?.() === 0;

let keeper: Keeper;
let ad: SambaAdService;
beforeAll(async () => {
  keeper = await openKeeper('test-samba-ad');
  ad = await createSambaAd(keeper);
  if (asRoot) await ad.start();
});
afterAll(async () => {
  await keeper.close();
  expect(existsSync(keeper.folder)).toBe(false);
});

const [AYSE, , ISIL] = PEOPLE;
const CEM = 'CN=Cem Kaya,CN=Users,DC=corp,DC=test';
const bind = (dn: string, password: string, more: { url?: string; startTls?: boolean; timeoutMs?: number } = {}) =>
  withLdap({ url: ad.ldapsUrl, ca: ad.ca, ...more }, { dn, password }, async () => 'bound');

async function search(filter: string, attributes: string[], account: DirectoryAccount = ad.serviceAccount) {
  const access = { url: ad.ldapsUrl, ca: ad.ca };
  const found = await withLdap(access, account, (client) => client.search(ad.baseDn, { filter, attributes }));
  return found.searchEntries;
}

test.runIf(asRoot)('people bind by DN, by UPN and by DOMAIN\\user, over ldaps and StartTLS', async () => {
  expect(await bind(ad.upn('ayse.yilmaz'), AYSE.password)).toBe('bound');
  expect(await bind('CORP\\ayse.yilmaz', AYSE.password, { url: ad.url, startTls: true })).toBe('bound');
  expect(await bind('CN=Işıl Işık,CN=Users,DC=corp,DC=test', ISIL.password)).toBe('bound');
  expect(await bind(ad.upn('isil.isik'), ISIL.password, { url: ad.url })).toBe('bound');
});

test.runIf(asRoot)('groups inside groups are found by one question, either way', async () => {
  const chain = '1.2.840.113556.1.4.1941';
  const [isil] = await search('(sAMAccountName=isil.isik)', ['displayName', 'memberOf', 'mail']);
  expect(isil).toMatchObject({ displayName: 'Işıl Işık', mail: 'isil.isik@example.org' });
  expect(isil?.memberOf).toBe('CN=istanbul-network,CN=Users,DC=corp,DC=test');
  const groups = await search(`(member:${chain}:=${isil?.dn})`, ['cn']);
  expect(groups.map(({ cn }) => cn).toSorted()).toEqual(['istanbul-it', 'istanbul-network', 'logmaster-viewers']);
  const viewers = await search(
    `(&(objectClass=user)(memberOf:${chain}:=CN=logmaster-viewers,CN=Users,DC=corp,DC=test))`,
    ['sAMAccountName'],
  );
  const names = viewers.map(({ sAMAccountName }) => sAMAccountName);
  expect(names.toSorted()).toEqual(['ibrahim.ogut', 'isil.isik', 'sukru.gunes']);
});

test.runIf(asRoot)('a refused bind says why in its sub-code', async () => {
  const refused = (dn: string, password: string) =>
    bind(dn, password).then(
      () => 'bound',
      (error: Error) => /, data (\w+),/.exec(error.message)?.[1],
    );
  const cem = (password = 'Parola-cem-1') => refused(ad.upn('cem.kaya'), password);
  expect(await cem('wrong')).toBe('52e');
  expect(await refused(ad.upn('nobody.here'), 'wrong')).toBe('52e');
  await ad.disableUser(CEM);
  expect(await cem()).toBe('533');
  await ad.enableUser(CEM);
  expect(await cem()).toBe('bound');
  await ad.requirePasswordChange(CEM);
  expect(await cem()).toBe('773');
  await ad.setPassword(CEM, 'Parola-cem-2');
  expect(await cem('Parola-cem-2')).toBe('bound');
  await ad.expireAccount(CEM);
  expect(await cem('Parola-cem-2')).toBe('701');
});

test.runIf(asRoot)('users and groups come, change and go', async () => {
  const user = {
    username: 'new',
    givenName: 'Çiğdem',
    surname: 'Ünlü, Dr.',
    mail: 'c@example.org',
    password: 'Parola-1',
  };
  const dn = await ad.addUser(user);
  const group = await ad.addGroup('takım', []);
  const memberOf = async () => [(await search('(sAMAccountName=new)', ['memberOf']))[0]?.memberOf].flat();
  await ad.addMember(group, dn);
  expect(await memberOf()).toEqual([group]);
  await ad.removeMember(group, dn);
  expect(await memberOf()).toEqual([]);
  await ad.remove(dn);
  expect(await search('(sAMAccountName=new)', ['cn'])).toEqual([]);
});

test.runIf(asRoot)('killed and hung: clients are told, and afterwards everything is there', async () => {
  await ad.kill();
  await expect(bind(ad.upn('ayse.yilmaz'), AYSE.password)).rejects.toThrow(/ECONNREFUSED/);
  await ad.start();
  expect(await search('(mail=*@example.org)', ['cn'])).toHaveLength(PEOPLE.length);
  await ad.hang();
  await expect(bind(ad.upn('ayse.yilmaz'), AYSE.password, { url: ad.url, timeoutMs: 300 })).rejects.toThrow(
    /timed out/,
  );
  await ad.resume();
  await ad.ready();
});

test.runIf(asRoot)('a second domain beside it insists on encryption and locks accounts', async () => {
  const strict = await createSambaAd(keeper, { name: 'strict', requireTls: true, lockAfter: 2 });
  await strict.start();
  const ask = (url: string, password: string) =>
    withLdap({ url, ca: strict.ca }, { dn: strict.upn('cem.kaya'), password }, async () => 'bound');
  await expect(ask(strict.url, 'Parola-cem-1')).rejects.toThrow(StrongAuthRequiredError);
  expect(await ask(strict.ldapsUrl, 'Parola-cem-1')).toBe('bound');
  for (const wrong of ['x', 'y']) await expect(ask(strict.ldapsUrl, wrong)).rejects.toThrow(/data 52e/);
  await expect(ask(strict.ldapsUrl, 'Parola-cem-1')).rejects.toThrow(/data 775/);
  expect(await bind(ad.upn('ayse.yilmaz'), AYSE.password)).toBe('bound');
  await strict.stop();
});

test.runIf(asRoot)('a taken address and a configuration that samba refuses are told', async () => {
  const second = await createSambaAd(keeper, { name: 'second', host: ad.address.host });
  await expect(second.start()).rejects.toThrow(/second: port 389 on 127\.\d+\.\d+\.\d+ is used by another program/);
  const broken = await createSambaAd(keeper, { name: 'broken' });
  await writeFile(`${keeper.folder}/broken/smb.conf`, '[global]\nserver role = standalone server\n');
  await expect(broken.start()).rejects.toThrow(/broken: it ended with code 1 while it started[\s\S]*standalone/);
});
