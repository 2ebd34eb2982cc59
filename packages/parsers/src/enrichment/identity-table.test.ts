import { MICROS_PER_SECOND } from '@logmaster/core/time';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { IdentityClaim } from './identity-claim.ts';
import { IdentityTable, LEASE_HOLDS, LOGIN_HOLDS, periodAt } from './identity-table.ts';

const T = 1_800_000_000 * MICROS_PER_SECOND;
const at = (seconds: number) => T + seconds * MICROS_PER_SECOND;
const ADDRESS = '10.0.0.5';
let records = 0;
const claim = (kind: IdentityClaim['kind'], seconds: number, more: Partial<IdentityClaim> = {}): IdentityClaim => ({
  ...{ kind, address: ADDRESS, at: at(seconds), record: `n.w.1.${records++}` },
  ...more,
});
const login = (user: string, seconds: number, more: Partial<IdentityClaim> = {}) =>
  claim('login', seconds, { user, ...more });
const lease = (mac: string, seconds: number, more: Partial<IdentityClaim> = {}) =>
  claim('lease', seconds, { mac, ...more });

function tableOf(...claims: readonly IdentityClaim[]) {
  const table = new IdentityTable();
  for (const each of claims) table.apply('s', each);
  const periods = (kind: 'logins' | 'leases') => table.historyOf('s', ADDRESS)?.[kind] ?? [];
  return {
    table,
    user: (seconds: number) => periodAt(periods('logins'), at(seconds))?.user,
    mac: (seconds: number) => periodAt(periods('leases'), at(seconds))?.mac,
  };
}

describe('who is behind an address', () => {
  it('from the login on, never before, until the logout', () => {
    const { user } = tableOf(login('ayse', 10), claim('logout', 100, { user: 'ayse' }));
    expect([9, 10, 99, 100].map(user)).toEqual([undefined, 'ayse', 'ayse', undefined]);
  });

  it('a logout of somebody else ends nothing', () => {
    expect(tableOf(login('ayse', 10), claim('logout', 100, { user: 'can' })).user(101)).toBe('ayse');
  });

  it('the next login ends the one before it, also when it comes late', () => {
    const { user } = tableOf(login('can', 50), login('ayse', 10));
    expect([10, 49, 50].map(user)).toEqual(['ayse', 'ayse', 'can']);
  });

  it('a session without an end expires; a word that it goes on makes it longer', () => {
    const hours = LOGIN_HOLDS / MICROS_PER_SECOND;
    expect(tableOf(login('ayse', 0)).user(hours)).toBeUndefined();
    const { user } = tableOf(login('ayse', 0), login('ayse', hours - 1));
    expect([hours - 1, hours, 2 * hours - 2, 2 * hours].map(user)).toEqual(['ayse', 'ayse', 'ayse', undefined]);
    expect(tableOf(login('ayse', 0, { until: at(60) })).user(60)).toBeUndefined();
  });

  it('another site has its own addresses', () => {
    const { table } = tableOf(login('ayse', 0));
    expect(table.historyOf('other', ADDRESS)).toBeUndefined();
  });
});

it('a NAS that starts anew has no sessions left, and takes none of another one', () => {
  const via = (nas: string) => ({ via: nas });
  const restart = claim('restart', 50, { address: '10.9.0.1' });
  expect(tableOf(login('ayse', 0, via('10.9.0.1')), restart).user(50)).toBeUndefined();
  expect(tableOf(login('ayse', 0, via('10.9.0.2')), restart).user(50)).toBe('ayse');
  expect(tableOf(login('ayse', 0), restart).user(50)).toBe('ayse');
  expect(tableOf(login('ayse', 60, via('10.9.0.1')), restart).user(61)).toBe('ayse');
});

describe('which machine has an address', () => {
  it('from lease to release, or as long as the lease is', () => {
    const { mac } = tableOf(lease('A', 0), claim('release', 50, { mac: 'A' }), lease('B', 60, { until: at(90) }));
    expect([0, 49, 50, 60, 89, 90].map(mac)).toEqual(['A', 'A', undefined, 'B', 'B', undefined]);
    expect(tableOf(lease('A', 0)).mac(LEASE_HOLDS / MICROS_PER_SECOND)).toBeUndefined();
  });

  it('an address that goes to another machine takes no login with it', () => {
    expect(tableOf(lease('A', 0), login('ayse', 5), lease('B', 50)).user(51)).toBeUndefined();
    expect(tableOf(lease('A', 0), login('ayse', 5), lease('A', 50)).user(51)).toBe('ayse');
    expect(tableOf(login('ayse', 5, { mac: 'A' }), lease('A', 50)).user(51)).toBe('ayse');
    expect(tableOf(login('ayse', 5, { mac: 'A' }), lease('B', 50)).user(51)).toBeUndefined();
    expect(tableOf(lease('A', 0), login('ayse', 5), claim('release', 50, { mac: 'A' })).user(51)).toBeUndefined();
  });
});

it('is bounded: the address heard of longest ago goes first', () => {
  const table = new IdentityTable(2);
  table.apply('s', login('a', 0, { address: '10.0.0.1' }));
  table.apply('s', login('b', 0, { address: '10.0.0.2' }));
  table.apply('s', login('a', 1, { address: '10.0.0.1' }));
  const { epoch } = table;
  table.apply('s', login('c', 0, { address: '10.0.0.3' }));
  expect(table.epoch).toBeGreaterThan(epoch);
  expect(['10.0.0.1', '10.0.0.2', '10.0.0.3'].map((one) => table.historyOf('s', one) !== undefined)).toEqual([
    ...[true, false, true],
  ]);
  for (let second = 0; second < 200; second++) table.apply('s', login(`u${second}`, second, { address: '10.0.0.3' }));
  expect(table.historyOf('s', '10.0.0.3')?.logins.length).toBeLessThanOrEqual(32);
});

const anyClaim: fc.Arbitrary<IdentityClaim> = fc
  .record({
    kind: fc.constantFrom('login', 'logout', 'lease', 'release'),
    seconds: fc.nat(100),
    holds: fc.option(fc.integer({ min: 1, max: 100 }), { nil: undefined }),
    user: fc.constantFrom('ayse', 'can', 'ece'),
    mac: fc.option(fc.constantFrom('A', 'B'), { nil: undefined }),
  })
  .map(({ kind, seconds, holds, user, mac }) => ({
    ...{ kind, address: ADDRESS, at: at(seconds), record: `${kind} ${user} ${mac} ${seconds}`, mac },
    ...(kind === 'login' || kind === 'logout' ? { user } : {}),
    ...(holds === undefined ? {} : { until: at(seconds + holds) }),
  }));

test('periods stand in order, do not overlap, and begin with a claim of their own', () => {
  fc.assert(
    fc.property(fc.array(anyClaim, { maxLength: 30 }), (claims) => {
      const { table } = tableOf(...claims);
      const history = table.historyOf('s', ADDRESS);
      for (const periods of [history?.logins ?? [], history?.leases ?? []])
        for (const [index, period] of periods.entries()) {
          expect(period.until).toBeGreaterThanOrEqual(period.from);
          const next = periods[index + 1];
          if (next !== undefined) expect(next.from).toBeGreaterThanOrEqual(period.until);
          expect(claims.some((each) => each.record === period.record && each.at === period.from)).toBe(true);
        }
    }),
  );
});

test('a table told anew from its claims answers the same', () => {
  fc.assert(
    fc.property(fc.array(anyClaim, { maxLength: 20 }), (claims) => {
      const first = tableOf(...claims);
      const again = tableOf(...[...first.table.claims()].map(({ claim: each }) => each));
      for (let second = 0; second <= 200; second += 5) {
        expect(again.user(second)).toBe(first.user(second));
        expect(again.mac(second)).toBe(first.mac(second));
      }
    }),
  );
});
