import { expect, test } from 'vitest';
import { parseRadiusClients } from './radius-clients.ts';

test('the smallest block that holds the address says the secret', () => {
  const clients = parseRadiusClients(
    ['# access points', '10.20.0.0/16   of the branch', '10.20.0.2 testing123', '', '2001:db8::/32\tsix-six-six'].join(
      '\n',
    ),
    'X',
  );
  expect(clients.secretOf('10.20.0.2')).toBe('testing123');
  expect(clients.secretOf('10.20.0.3')).toBe('of the branch');
  expect(clients.secretOf('2001:db8::1')).toBe('six-six-six');
  expect(clients.secretOf('10.21.0.1')).toBeUndefined();
  expect(clients.secretOf('2001:db9::1')).toBeUndefined();
});

test.each(['10.20.0.2', '10.20.0.2 short', '10.20.0.0/33 testing123', 'example.org testing123', 'testing123'])(
  '%j is refused, and the secret is not shown',
  (line) => {
    const read = () => parseRadiusClients(`\n${line}`, 'LOGMASTER_RADIUS_CLIENTS');
    expect(read).toThrow(/LOGMASTER_RADIUS_CLIENTS: .*line 2/);
    expect(read).not.toThrow(/testing123|short/);
  },
);
