import { expect, test } from 'vitest';
import { serverFault } from './server-check.ts';

test.each([
  ['13.22 (Debian 13.22-1.pgdg12+1)', 130022, false, 'PostgreSQL 13.22 is too old; 14 or later is needed'],
  ['9.6.24', 90624, false, 'PostgreSQL 9.6.24 is too old; 14 or later is needed'],
  ['14.0', 140000, false, undefined],
  ['18.4', 180004, false, undefined],
  ['18.4', 180004, true, expect.stringContaining('leads to a replica')],
])('%s', (version, number, readOnly, reason) => {
  expect(serverFault({ version, number, readOnly })?.reason).toEqual(reason);
});
