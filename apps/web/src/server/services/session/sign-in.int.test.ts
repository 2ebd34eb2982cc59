import { createFirstAdmin } from '@logmaster/db/bootstrap';
import { startPostgres, type TestPostgres } from '@logmaster/testkit/postgres';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Harness, makeHarness } from '../../testing/harness.ts';
import { changePassword } from '../account/change-password.ts';
import { listSessions } from '../account/list-sessions.ts';
import { revokeSession } from '../account/revoke-session.ts';
import { ABSOLUTE_MS, BELIEVED_MS, IDLE_MS } from './limits.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';

const PASSWORD = 'one-time password';
const NEXT = 'correct horse battery';
const MS = 1000;

let server: TestPostgres;
let harness: Harness;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.remove());
beforeEach(async () => {
  harness = await makeHarness(await server.createDatabase());
  await createFirstAdmin(harness.deps.database.primary, { username: 'admin', password: PASSWORD });
  return () => harness.close();
});

function enter(password = PASSWORD, more: { username?: string; address?: string } = {}) {
  return signIn(harness.deps, { username: 'admin', password, address: '10.0.0.9', userAgent: 'test', ...more });
}
async function codeOf(attempt: Promise<unknown>): Promise<string> {
  return attempt.then(
    () => 'ok',
    (error: { code: string }) => error.code,
  );
}
const find = (sessionId: string | null) => harness.deps.sessions.find(sessionId ?? '');

describe('signing in', () => {
  it('opens a session that the directory confirms, under any spelling of the name', async () => {
    const user = await enter(PASSWORD, { username: ' ADMİN ' });
    expect(user).toMatchObject({ username: 'admin', mustChangePassword: true });
    expect(await find(user.sessionId)).toEqual(user);
    expect(await listSessions(harness.deps, user)).toMatchObject([
      { current: true, address: '10.0.0.9', userAgent: 'test' },
    ]);
  });

  it('tells a wrong password and an unknown name by the same word, and slows both the same way', async () => {
    const attempts = async (username: string) => {
      const codes: string[] = [];
      for (let attempt = 0; attempt < 7; attempt++) codes.push(await codeOf(enter('wrong', { username })));
      return codes;
    };
    const known = await attempts('admin');
    expect(known).toEqual([...Array(5).fill('WRONG_CREDENTIALS'), ...Array(2).fill('TOO_MANY_ATTEMPTS')]);
    expect(await attempts('nobody')).toEqual(known);
  });

  it('is refused while locked even with the right password, and works after the wait', async () => {
    for (let attempt = 0; attempt < 5; attempt++) await codeOf(enter('wrong'));
    const refused = await enter().catch((error) => error);
    expect(refused).toMatchObject({ code: 'TOO_MANY_ATTEMPTS', data: { seconds: 1 } });
    expect(await codeOf(enter(PASSWORD, { address: '10.0.0.10' }))).toBe('ok');
    harness.clock.now += 1_000_000;
    expect(await codeOf(enter())).toBe('ok');
    expect(await codeOf(enter('wrong'))).toBe('WRONG_CREDENTIALS');
  });

  it('slows an address that tries many names', async () => {
    const codes: string[] = [];
    for (let name = 0; name < 51; name++) codes.push(await codeOf(enter('wrong', { username: `user${name}` })));
    expect(codes.indexOf('TOO_MANY_ATTEMPTS')).toBe(50);
  });

  it('takes no endless input', async () => {
    expect(await codeOf(enter('x'.repeat(1025)))).toBe('WRONG_CREDENTIALS');
    expect(await codeOf(enter('x', { username: 'x'.repeat(257) }))).toBe('WRONG_CREDENTIALS');
    expect(await harness.deps.database.primary.signInThrottle.count()).toBe(0);
  });
});

describe('a session', () => {
  it('ends when it is idle, and in any case after its absolute life', async () => {
    const { sessionId } = await enter();
    harness.clock.now += (IDLE_MS - 1) * MS;
    expect(await find(sessionId)).not.toBeNull();
    harness.clock.now += IDLE_MS * MS;
    expect(await find(sessionId)).toBeNull();

    const other = await enter();
    const began = harness.clock.now;
    while (harness.clock.now - began < (ABSOLUTE_MS - IDLE_MS / 2) * MS) {
      harness.clock.now += (IDLE_MS / 2) * MS;
      if (harness.clock.now - began < ABSOLUTE_MS * MS) expect(await find(other.sessionId)).not.toBeNull();
    }
    harness.clock.now = began + ABSOLUTE_MS * MS;
    expect(await find(other.sessionId)).toBeNull();
  });

  it('ends at once when it is revoked here, and within the cache time when elsewhere', async () => {
    const [mine, other] = [await enter(), await enter()];
    await find(other.sessionId);
    await revokeSession(harness.deps, mine, other.sessionId ?? '');
    expect(await find(other.sessionId)).toBeNull();
    await expect(revokeSession(harness.deps, mine, other.sessionId ?? '')).rejects.toMatchObject({ code: 'NOT_FOUND' });

    await find(mine.sessionId);
    await harness.deps.database.primary.session.updateMany({ data: { revokedAt: new Date() } });
    harness.clock.now += BELIEVED_MS * MS;
    expect(await find(mine.sessionId)).toBeNull();
  });

  it('ends by signing out', async () => {
    const user = await enter();
    await signOut(harness.deps, { userId: user.id, sessionId: user.sessionId ?? '' });
    expect(await find(user.sessionId)).toBeNull();
  });
});

describe('changing the password', () => {
  it('ends the other sessions, keeps this one, and lifts the duty to change', async () => {
    const [mine, other] = [await enter(), await enter()];
    await Promise.all([find(mine.sessionId), find(other.sessionId)]);
    expect(await changePassword(harness.deps, mine, { current: PASSWORD, next: NEXT })).toEqual({ revokedSessions: 1 });
    expect(await find(other.sessionId)).toBeNull();
    expect(await find(mine.sessionId)).toMatchObject({ mustChangePassword: false });
    expect(await codeOf(enter(PASSWORD))).toBe('WRONG_CREDENTIALS');
    expect(await codeOf(enter(NEXT))).toBe('ok');
  });

  it.each([
    ['short', 'too-short'],
    ['adminADMİNadmin', 'is-username'],
    ['abababababababab', 'repetitive'],
    [PASSWORD, 'unchanged'],
    ['x1y2z3'.repeat(50), 'too-long'],
  ])('to %j is refused: %s', async (next, fault) => {
    const user = await enter();
    const change = changePassword(harness.deps, user, { current: PASSWORD, next });
    await expect(change).rejects.toMatchObject({ code: 'PASSWORD_TOO_WEAK', data: { fault } });
    expect(await codeOf(enter(PASSWORD))).toBe('ok');
  });

  it('needs the current one, and guessing it is slowed', async () => {
    const user = await enter();
    const codes: string[] = [];
    for (let attempt = 0; attempt < 6; attempt++) {
      codes.push(await codeOf(changePassword(harness.deps, user, { current: 'wrong', next: NEXT })));
    }
    expect(codes).toEqual([...Array(5).fill('WRONG_CREDENTIALS'), 'TOO_MANY_ATTEMPTS']);
  });
});
