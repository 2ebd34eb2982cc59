import { expect, test } from 'vitest';
import { AppError } from '../errors.ts';
import { readEnvironment } from './environment.ts';
import { databaseEnvironment, ingestEnvironment } from './fragments.ts';

test('defaults apply to what is absent or empty', () => {
  expect(readEnvironment(ingestEnvironment, { LOGMASTER_NODE: '' })).toMatchObject({
    LOGMASTER_NODE: 'node1',
    LOGMASTER_SYSLOG_PORT: 5514,
    LOGMASTER_SEGMENT_SECONDS: 3600,
  });
});

test('every wrong value is named, none of them is printed', () => {
  const read = () => readEnvironment(databaseEnvironment, { DATABASE_URL: 'secret-but-no-url' });
  expect(read).toThrow(AppError);
  expect(read).toThrow(/DATABASE_URL/);
  expect(read).not.toThrow(/secret-but-no-url/);
});
