import { expect, test } from 'vitest';
import { isSameOrigin } from './same-origin.ts';

test.each([
  [{ 'sec-fetch-site': 'same-origin' }, true],
  [{ 'sec-fetch-site': 'none' }, true],
  [{ 'sec-fetch-site': 'same-site' }, false],
  [{ 'sec-fetch-site': 'cross-site' }, false],
  [{ origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' }, true],
  [{ origin: 'http://127.0.0.1:3001', host: '127.0.0.1:3000' }, false],
  [{ origin: 'null', host: '127.0.0.1:3000' }, false],
  [{ host: '127.0.0.1:3000' }, true],
])('%j → %s', (headers: Record<string, string>, same) => {
  expect(isSameOrigin(new Headers(headers))).toBe(same);
});
