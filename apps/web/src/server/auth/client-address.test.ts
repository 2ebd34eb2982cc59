import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clientAddress } from './client-address.ts';
import { trustedProxies } from './trusted-proxies.ts';

const loopback = trustedProxies(['127.0.0.0/8', '::1']);
const office = trustedProxies(['127.0.0.0/8', '10.1.0.0/16', '2001:db8:1::/48']);
const none = trustedProxies(['none']);

describe('the client is', () => {
  test.each([
    ['the peer, when nobody stands between', '192.0.2.7', loopback, '192.0.2.7'],
    ['the peer, whatever it claims', '6.6.6.6, 192.0.2.7', loopback, '192.0.2.7'],
    ['whom a proxy on this machine names', '192.0.2.7, 127.0.0.1', loopback, '192.0.2.7'],
    ['whom the proxy names, not whom the client names', '6.6.6.6, 192.0.2.7, ::1', loopback, '192.0.2.7'],
    ['behind two proxies', '6.6.6.6, 192.0.2.7, 10.1.2.3, 127.0.0.1', office, '192.0.2.7'],
    ['a proxy that is not trusted', '192.0.2.7, 10.1.2.3, 127.0.0.1', loopback, '10.1.2.3'],
    ['the proxy, with nobody trusted', '192.0.2.7, 127.0.0.1', none, '127.0.0.1'],
    ['a person on this machine', '127.0.0.1', loopback, '127.0.0.1'],
    ['the farthest, when all are trusted', '10.1.9.9, 10.1.2.3', office, '10.1.9.9'],
    ['IPv4 in IPv6', '::ffff:192.0.2.7, ::ffff:127.0.0.1', loopback, '192.0.2.7'],
    ['IPv6', '2001:db8::1, 2001:db8:1::5', office, '2001:db8::1'],
    ['named with a port', '192.0.2.7:4711, 127.0.0.1', loopback, '192.0.2.7'],
    [
      'named with a port, IPv6',
      '[2001:db8::1]:4711, [2001:db8::2], ::1',
      trustedProxies(['::1', '2001:db8::2']),
      '2001:db8::1',
    ],
    ['a trusted proxy that names nonsense', '192.0.2.7, <script>, 10.1.2.3, 127.0.0.1', office, '10.1.2.3'],
    ['unknown without a peer', '192.0.2.7, unknown', loopback, 'unknown'],
    ['unknown with an empty header', '', loopback, 'unknown'],
    ['unknown without a header', undefined, loopback, 'unknown'],
  ])('%s', (_, header, proxies, address) => {
    expect(clientAddress(header, proxies)).toBe(address);
  });

  test('never changed by what a client writes itself', () => {
    const written = fc.array(
      fc.oneof(
        fc.ipV4(),
        fc.ipV6(),
        fc.string().filter((text) => !text.includes(',')),
      ),
    );
    fc.assert(
      fc.property(written, (entries) => {
        expect(clientAddress([...entries, '192.0.2.7', '10.1.2.3', '127.0.0.1'].join(', '), office)).toBe('192.0.2.7');
      }),
    );
  });
});

test.each(['10.0.0.0/33', '::/129', 'localhost', '10.0.0', 'none', '', '10.0.0.1/'])('%j is no proxy', (entry) => {
  expect(() => trustedProxies(['127.0.0.1', entry])).toThrow(/LOGMASTER_TRUSTED_PROXIES/);
});
