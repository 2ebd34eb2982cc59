import { startPostgres } from '@logmaster/testkit/postgres';
import { describe, expect, it } from 'vitest';
import { ensureFirstAdmin, resetPassword } from './bootstrap.ts';
import { verifyPassword } from './password.ts';
import { countAttempt, forgiveAttempt, throttleKeys } from './sign-in-throttle.ts';
import { FreshDatabase } from './testing/fresh-database.ts';
import { createApiToken, findTokenOwner, listApiTokens, revokeApiToken, withTokensOf } from './tokens.ts';
import { findUserByName } from './users.ts';

const fresh = FreshDatabase.use(startPostgres);

describe('the first admin', () => {
  it('is made once, with a one-time password that is kept as argon2id alone', async () => {
    const results = await Promise.all([ensureFirstAdmin(fresh.url), ensureFirstAdmin(fresh.url)]);
    expect(results.map(({ created }) => created).sort()).toEqual([false, true]);
    expect(await ensureFirstAdmin(fresh.url)).toEqual({ created: false });
    const password = results.find(({ created }) => created)?.password ?? '';
    const admin = await findUserByName(fresh.primary, 'ADMİN');
    expect(admin).toMatchObject({
      username: 'admin',
      mustChangePassword: true,
      locale: 'tr',
      timeZone: 'Europe/Istanbul',
    });
    expect(admin?.passwordHash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword(admin?.passwordHash, password)).toBe(true);
    expect(await verifyPassword(admin?.passwordHash, `${password} `)).toBe(false);
    expect(await verifyPassword(undefined, password)).toBe(false);
  });

  it('gets a new one-time password from whoever has the machine; sessions and locks end', async () => {
    await ensureFirstAdmin(fresh.url);
    const { primary } = fresh;
    const user = await findUserByName(primary, 'admin');
    await primary.session.create({
      data: { userId: user?.id ?? '', expiresAt: new Date(Date.now() + 1e6), userAgent: '', address: '' },
    });
    const { pair, user: byName } = throttleKeys('admin', '10.0.0.1');
    const other = throttleKeys('admin2', '10.0.0.1').user;
    await primary.signInThrottle.createMany({
      data: [pair, byName, other].map((key) => ({ key, failures: 9, lastFailure: new Date() })),
    });
    const { password } = await resetPassword(fresh.url, 'Admin');
    const changed = await findUserByName(primary, 'admin');
    expect(changed?.mustChangePassword).toBe(true);
    expect(await verifyPassword(changed?.passwordHash, password)).toBe(true);
    expect(await primary.session.count({ where: { revokedAt: null } })).toBe(0);
    expect((await primary.signInThrottle.findMany()).map(({ key }) => key)).toEqual([other]);
    await expect(resetPassword(fresh.url, 'nobody')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('API tokens', () => {
  it('work until they are revoked, and are kept as a hash alone', async () => {
    await ensureFirstAdmin(fresh.url);
    const { primary } = fresh;
    const token = await withTokensOf(fresh.url, 'Admin', ({ create }) =>
      create({ name: 'script', scopes: ['assets:write'], siteId: null }),
    );
    const now = new Date();
    const owner = await findTokenOwner(primary, token, now);
    expect(owner).toEqual({ id: owner?.id, username: 'admin', token: { scopes: ['assets:write'], siteId: null } });
    // What a newer version may have written allows nothing here.
    await primary.apiToken.updateMany({ data: { scopes: ['assets:write', 'devices:write'] } });
    expect((await findTokenOwner(primary, token, now))?.token.scopes).toEqual(['assets:write']);
    expect(await findTokenOwner(primary, `${token}x`, now)).toBeNull();
    expect(await findTokenOwner(primary, '', now)).toBeNull();
    const [info] = await listApiTokens(primary, owner?.id ?? '');
    expect(info).toMatchObject({ name: 'script', scopes: ['assets:write'], lastUsedAt: now, revokedAt: null });
    const stored = await primary.$queryRaw<{ text: string }[]>`SELECT api_tokens::text AS text FROM api_tokens`;
    expect(stored[0]?.text).not.toContain(token.slice(4));
    const id = info?.id ?? '';
    const stranger = { userId: '00000000-0000-4000-8000-000000000000', id };
    await expect(revokeApiToken(primary, stranger)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await revokeApiToken(primary, { userId: owner?.id ?? '', id });
    expect(await findTokenOwner(primary, token, now)).toBeNull();
  });

  it('differ, and need a user', async () => {
    await ensureFirstAdmin(fresh.url);
    const user = await findUserByName(fresh.primary, 'admin');
    const make = async () =>
      (await createApiToken(fresh.primary, { userId: user?.id ?? '', name: 'n', scopes: ['read'], siteId: null }))
        .token;
    expect(new Set([await make(), await make()]).size).toBe(2);
    await expect(withTokensOf(fresh.url, 'nobody', ({ list }) => list())).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('failed attempts', () => {
  const start = Date.UTC(2026, 0, 1);
  const rule = (key: string) => ({ key, free: 3, maxSeconds: 10 });
  const at = (seconds: number) => ({
    now: new Date(start + seconds * 1000),
    forgetBefore: new Date(start + seconds * 1000 - 3600_000),
  });

  it('cost nothing at first, then twice as long each time, up to the limit', async () => {
    const { primary } = fresh;
    let clock = 0;
    const locks: number[] = [];
    for (let failure = 0; failure < 9; failure++) {
      expect(await countAttempt(primary, [rule('a')], at(clock))).toBe(0);
      const seconds = await countAttempt(primary, [rule('a')], at(clock));
      // Before the free ones are used up the second attempt counts too.
      locks.push(seconds);
      clock += seconds;
    }
    expect(locks).toEqual([0, 1, 2, 4, 8, 10, 10, 10, 10]);
    expect(await countAttempt(primary, [rule('a')], at(clock + 3601))).toBe(0);
    expect(await countAttempt(primary, [rule('a')], at(clock + 3601))).toBe(0);
  });

  it('at the same moment do not slip past the count', async () => {
    const { primary } = fresh;
    const results = await Promise.all(Array.from({ length: 12 }, () => countAttempt(primary, [rule('a')], at(0))));
    expect(results.filter((seconds) => seconds === 0)).toHaveLength(3);
  });

  it('that are refused count nowhere: a locked pair does not lock its user name for others', async () => {
    const { primary } = fresh;
    const wide = { key: 'wide', free: 5, maxSeconds: 10 };
    for (let failure = 0; failure < 3; failure++) await countAttempt(primary, [rule('pair'), wide], at(0));
    for (let refused = 0; refused < 5; refused++) {
      expect(await countAttempt(primary, [rule('pair'), wide], at(0))).toBe(1);
    }
    expect(await primary.signInThrottle.findUnique({ where: { key: 'wide' } })).toMatchObject({ failures: 3 });
  });

  it('are taken back by a right password', async () => {
    const { primary } = fresh;
    for (let failure = 0; failure < 2; failure++) await countAttempt(primary, [rule('a'), rule('b')], at(0));
    await forgiveAttempt(primary, { cleared: ['a'], eased: ['b'] }, at(0).forgetBefore);
    expect(await primary.signInThrottle.findMany()).toMatchObject([{ key: 'b', failures: 1 }]);
  });
});
