import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { ERRORS, type ErrorCode } from '@logmaster/core/errors';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type NginxStand, openNginxStand } from './nginx-stand.ts';
import { openWebBackend } from './web-backend.ts';

const PATIENT = { timeout: 60_000, interval: 20 };

let stand: NginxStand;
beforeAll(async () => {
  stand = await openNginxStand((name) => (_request, response) => void response.end(name));
});
afterAll(() => stand.close());

test('each kind of request has its own limit, sign-ins the strictest, and readiness none', async () => {
  const strict = await stand.start({ SIGN_IN_RATE: '1r/m', API_RATE: '1r/s', PAGE_RATE: '1r/s' });
  const { ask, close } = stand.client(strict);
  const statuses = async (path: string, count: number, method = 'GET') => {
    const answers = await Promise.all(Array.from({ length: count }, () => ask(path, { method })));
    return {
      passed: answers.filter(({ status }) => status === 200).length,
      last: answers.findLast((a) => a.status !== 200),
    };
  };
  const signIns = await statuses('/api/auth/callback/credentials', 40, 'POST');
  expect(signIns.passed).toBe(11);
  expect(signIns.last?.status).toBe(429);
  // What the sign-in form understands: it reads the reason from the address it is given.
  const { url, code } = JSON.parse(signIns.last?.text ?? '');
  expect([new URL(url).searchParams.get('error'), code]).toEqual(['TOO_MANY_ATTEMPTS', 'TOO_MANY_ATTEMPTS']);

  const pages = await statuses('/devices', 120);
  expect(pages.passed).toBeGreaterThanOrEqual(61);
  expect(pages.last?.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(pages.last?.text).toContain('Too many requests');

  const calls = await statuses('/api/v1/devices', 300);
  expect(calls.passed).toBeGreaterThanOrEqual(201);
  expect(calls.last).toMatchObject({
    status: 429,
    headers: { 'content-type': 'application/problem+json', 'retry-after': '5', 'cache-control': 'no-store' },
  });
  expect(JSON.parse(calls.last?.text ?? '')).toEqual({
    type: 'urn:logmaster:error:rate_limited',
    title: 'Too many requests; slow down',
    code: 'RATE_LIMITED',
    status: 429,
    request_id: calls.last?.headers['x-request-id'],
  });
  expect((await statuses('/api/v1/ready', 300)).passed).toBe(300);
  close();
  await strict.stop();
});

test('one address may hold only so many requests open', async () => {
  const release = Promise.withResolvers<void>();
  const slow = await openWebBackend(async (_request, response) => {
    await release.promise;
    response.end('late');
  });
  const tight = await stand.start({ CONNECTIONS_PER_ADDRESS: '2' }, [slow.address]);
  const { ask, close } = stand.client(tight);
  const held = [ask('/api/a'), ask('/api/b')];
  await expect.poll(() => slow.seen.length, PATIENT).toBe(2);
  expect((await ask('/api/c')).status).toBe(429);
  release.resolve();
  expect((await Promise.all(held)).map(({ text }) => text)).toEqual(['late', 'late']);
  close();
  await tight.stop();
  await slow.close();
});

test('the longest query passes, a larger body than any of ours does not', async () => {
  const nginx = await stand.start({});
  const { ask, close } = stand.client(nginx);
  const query = encodeURIComponent('abc '.repeat(2048));
  expect((await ask(`/api/v1/search?q=${query}`)).status).toBe(200);
  const large = await ask('/api/trpc/devices.rename', { method: 'POST', body: 'a'.repeat(1_100_000) });
  expect([large.status, JSON.parse(large.text).code]).toEqual([413, 'REQUEST_TOO_LARGE']);
  const form = await ask('/api/auth/callback/credentials', { method: 'POST', body: 'a'.repeat(20_000) });
  expect(form.status).toBe(413);
  close();
  await nginx.stop();
});

test('what it says itself is said as in the table of errors', async () => {
  const texts = path.resolve(import.meta.dirname, '../../../../../infra/nginx/templates');
  const files = await Promise.all(
    ['problem-texts.conf', 'problems.conf.template'].map((name) => readFile(path.join(texts, name), 'utf8')),
  );
  const said = [...files.join('').matchAll(/"type":"([^"]+)","title":"([^"]+)","code":"([A-Z_]+)"/g)];
  expect(said.length).toBe(4);
  for (const [, type, title, code = ''] of said) {
    expect([type, title]).toEqual([`urn:logmaster:error:${code.toLowerCase()}`, ERRORS[code as ErrorCode]?.title]);
  }
});
