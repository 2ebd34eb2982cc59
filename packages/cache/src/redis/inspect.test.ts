import { describe, expect, test } from 'vitest';
import { findingOf, inspect, refusal } from './inspect.ts';

function info(fields: Readonly<Record<string, string>>): string {
  const all = { redis_version: '7.0.15', redis_mode: 'standalone', role: 'master', maxmemory: '0', ...fields };
  return `# Server\r\n${Object.entries(all)
    .map(([name, value]) => `${name}:${value}`)
    .join('\r\n')}\r\n`;
}

describe('what a server says of itself', () => {
  test.each([
    [{}, undefined, undefined],
    [{ redis_version: '6.2.0' }, undefined, undefined],
    [{ redis_version: '5.0.14' }, 'REDIS_TOO_OLD', 'Redis 5.0.14 is too old; 6.2 or later is needed'],
    [{ redis_version: '6.0.20' }, 'REDIS_TOO_OLD', 'Redis 6.0.20 is too old; 6.2 or later is needed'],
    [{ redis_version: '10.0.0' }, undefined, undefined],
    [{ redis_mode: 'sentinel' }, 'REDIS_IS_SENTINEL', expect.stringContaining('REDIS_SENTINELS')],
    [{ redis_mode: 'cluster' }, 'REDIS_IS_CLUSTER', expect.stringContaining('not supported')],
    [{ role: 'slave' }, 'REDIS_IS_REPLICA', undefined],
    [{ maxmemory: '1000', maxmemory_policy: 'allkeys-lru' }, 'REDIS_EVICTS', undefined],
    [{ maxmemory: '0', maxmemory_policy: 'allkeys-lru' }, undefined, undefined],
    [{ maxmemory: '1000', maxmemory_policy: 'volatile-lru' }, undefined, undefined],
  ] as const)('%j is %s', (fields, code, sentence) => {
    const finding = inspect(info(fields));
    expect(finding?.code).toBe(code);
    if (finding) expect(refusal(finding)).toEqual(sentence);
  });

  test('nothing that Redis would say is another server', () => {
    expect(inspect('hello')?.code).toBe('REDIS_OTHER_SERVER');
  });
});

test.each([
  ['WRONGPASS invalid username-password pair', undefined, 'REDIS_REFUSED'],
  ['NOAUTH Authentication required.', undefined, 'REDIS_REFUSED'],
  ['All sentinels are unreachable. Last error: WRONGPASS invalid', undefined, 'REDIS_SENTINEL_REFUSED'],
  ['All sentinels are unreachable. Retrying from scratch after 10ms.', undefined, 'REDIS_NO_MASTER'],
  ['LOADING Redis is loading the dataset in memory', undefined, 'REDIS_LOADING'],
  ['Unknown RESP type 72 "H". Please report this.', undefined, 'REDIS_OTHER_SERVER'],
  ['unable to verify the first certificate', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'REDIS_TLS'],
  ['certificate has expired', 'CERT_HAS_EXPIRED', 'REDIS_TLS'],
  ['connect ECONNREFUSED', 'ECONNREFUSED', 'REDIS_AWAY'],
])('%s is %s', (message, code, reason) => {
  expect(findingOf(Object.assign(new Error(message), code ? { code } : {})).code).toBe(reason);
});
