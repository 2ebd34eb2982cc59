import { expect, test } from 'vitest';
import { isLoopback, snippet, VENDORS } from './snippets.ts';

test.each(VENDORS)('%s: address and port are in the commands', (vendor) => {
  const text = snippet(vendor, '192.0.2.10', 15514);
  expect(text).toContain('192.0.2.10');
  expect(text).toContain('15514');
});

test('an address that only this machine reaches is recognised', () => {
  expect(['localhost', '127.0.0.1', '[::1]', '192.0.2.10', 'log.example.com'].map(isLoopback)).toEqual([
    true,
    true,
    true,
    false,
    false,
  ]);
});
