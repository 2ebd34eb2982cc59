import { isIP } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readClockDuration } from './duration.ts';
import { canonicalIp } from './ip.ts';
import { canonicalMac } from './mac.ts';
import { readTransport } from './transport.ts';

describe('canonicalIp', () => {
  it.each([
    ['10.0.0.5', '10.0.0.5'],
    ['0.0.0.0', '0.0.0.0'],
    ['10.0.0.256', undefined],
    ['10.0.0.05', undefined],
    ['10.0.0', undefined],
    ['2001:DB8:0:0:0:0:0:5', '2001:db8::5'],
    // RFC 5952 §4.2.2 and §4.2.3: one group is not shortened, the first of equal runs is
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['::', '::'],
    ['::FFFF:192.0.2.1', '192.0.2.1'],
    ['64:ff9b::192.0.2.1', '64:ff9b::c000:201'],
    ['1::2::3', undefined],
    ['1:2:3:4:5:6:7:8:9', undefined],
    ['fe80::1%eth0', undefined],
    ['', undefined],
  ])('%s → %s', (text, expected) => expect(canonicalIp(text)).toBe(expected));

  it('agrees with node about what is an address, and is its own canonical form', () => {
    const text = fc.oneof(
      fc.ipV4(),
      fc.ipV6(),
      fc.string({ unit: fc.constantFrom('1', '0', '.', ':', 'f', '255'), maxLength: 20 }),
    );
    fc.assert(
      fc.property(text, (value) => {
        const canonical = canonicalIp(value);
        expect(canonical !== undefined).toBe(isIP(value) !== 0);
        if (canonical !== undefined) expect(canonicalIp(canonical)).toBe(canonical);
      }),
      { numRuns: 2000 },
    );
  });

  it('writes IPv6 as WHATWG URLs do, which follow RFC 5952', () => {
    fc.assert(
      fc.property(fc.ipV6(), (value) => {
        const canonical = canonicalIp(value) as string;
        if (canonical.includes(':')) expect(`[${canonical}]`).toBe(new URL(`http://[${value}]/`).hostname);
      }),
    );
  });
});

it.each([
  ['00:00:5e:00:53:23', '00-00-5E-00-53-23'],
  ['0000.5e00.5323', '00-00-5E-00-53-23'],
  ['00-00-5e-00-53', undefined],
  ['zz:00:5e:00:53:23', undefined],
  ['005e-0053-2300', '00-5E-00-53-23-00'],
  ['192.168.100.200', undefined],
  ['203.0.113.80:443', undefined],
])('MAC %s → %s', (text, expected) => expect(canonicalMac(text)).toBe(expected));

it.each([
  ['6', 'tcp', '6'],
  ['UDP', 'udp', '17'],
  ['icmpv6', 'ipv6-icmp', '58'],
  ['253', undefined, '253'],
  ['999', undefined, undefined],
  ['constructor', undefined, undefined],
])('protocol %s', (text, keyword, number) => expect(readTransport(text)).toEqual({ keyword, number }));

it.each([
  ['0:00:30', 30],
  ['27:03:04', 97_384],
  ['1h:00m:01s', 3601],
  ['1d 02:03:04', 93_784],
  ['x', undefined],
])('duration %s', (text, seconds) => expect(readClockDuration(text)).toBe(seconds && seconds * 1e9));
