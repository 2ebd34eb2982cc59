import { expect, test } from 'vitest';
import { redirectFor } from './page-access.ts';

const ready = { mustChangePassword: false };
const fresh = { mustChangePassword: true };

test.each([
  [null, '/', '', '/sign-in'],
  [null, '/sign-in', '?x=1', null],
  [null, '/explorer', '?q=a&b', '/sign-in?callbackUrl=%2Fexplorer%3Fq%3Da%26b'],
  [null, '/change-password', '', '/sign-in?callbackUrl=%2Fchange-password'],
  [fresh, '/explorer', '', '/change-password'],
  [fresh, '/sign-in', '', '/change-password'],
  [fresh, '/change-password', '', null],
  [ready, '/sign-in', '', '/'],
  [ready, '/change-password', '', null],
  [ready, '/explorer', '', null],
])('%j at %s%s goes to %j', (user, pathname, search, target) => {
  expect(redirectFor(user, { pathname, search })).toBe(target);
});
