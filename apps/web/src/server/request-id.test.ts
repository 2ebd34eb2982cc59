import { expect, test } from 'vitest';
import { trustedProxies } from './auth/trusted-proxies.ts';
import { requestIdOf } from './request-id.ts';

const proxies = trustedProxies(['10.0.0.5']);
const GIVEN = '0123456789abcdef0123456789abcdef';
const idOf = (forwardedFor: string | undefined, id = GIVEN) =>
  requestIdOf(
    new Headers({ 'x-request-id': id, ...(forwardedFor === undefined ? {} : { 'x-forwarded-for': forwardedFor }) }),
    proxies,
  );

test('the load balancer’s id is taken, from it alone', () => {
  expect(idOf('192.0.2.7, 10.0.0.5')).toBe(GIVEN);
  const uuid = 'f81d4fae-7dec-11d0-a765-00a0c91e6bf6';
  expect(idOf('10.0.0.5', uuid)).toBe(uuid);
  for (const peer of ['10.0.0.5, 192.0.2.7', '192.0.2.7', 'unknown', '', undefined]) {
    expect(idOf(peer)).toMatch(/^[0-9a-f-]{36}$/);
  }
});

test('what is no id is not taken from anybody', () => {
  for (const id of ['', 'x'.repeat(32), `${GIVEN}0`, '../../etc', '0123']) {
    expect(idOf('10.0.0.5', id)).toMatch(/^[0-9a-f]{8}-/);
  }
});
