import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AppError } from '../errors.ts';
import { readEnvironment } from './environment.ts';
import { databaseEnvironment, ingestEnvironment, redisEnvironment } from './fragments.ts';

function fileWith(text: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'logmaster-env-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(path.join(folder, 'secret'), text);
  return path.join(folder, 'secret');
}

test('defaults apply to what is absent or empty', () => {
  expect(readEnvironment(ingestEnvironment, { LOGMASTER_NODE: '' })).toMatchObject({
    LOGMASTER_NODE: 'node1',
    LOGMASTER_SYSLOG_PORT: 5514,
    LOGMASTER_SEGMENT_SECONDS: 3600,
  });
});

test('every wrong value is named, none of them is printed', () => {
  const read = () =>
    readEnvironment(databaseEnvironment, {
      DATABASE_URL: 'secret-but-no-url',
      DATABASE_REPLICA_URLS: 'postgresql://a/b, secret-too',
    });
  expect(read).toThrow(AppError);
  expect(read).toThrow(/DATABASE_URL: write a URL.*; DATABASE_REPLICA_URLS\.1: write a URL/);
  expect(read).not.toThrow(/secret/);
});

test('a list is split at commas, and what is empty in it is left out', () => {
  const read = (DATABASE_REPLICA_URLS: string) =>
    readEnvironment(databaseEnvironment.pick({ DATABASE_REPLICA_URLS: true }), { DATABASE_REPLICA_URLS });
  expect(read(' postgresql://a/x , postgres://b/x,')).toEqual({
    DATABASE_REPLICA_URLS: ['postgresql://a/x', 'postgres://b/x'],
  });
  expect(() => read(' , ')).toThrow(/the list is empty/);
});

test('a secret may stand in a file, without the line end of its last line', () => {
  const file = fileWith('pass word \n');
  expect(readEnvironment(redisEnvironment, { REDIS_PASSWORD_FILE: file })).toMatchObject({
    REDIS_PASSWORD: 'pass word ',
  });
  expect(readEnvironment(databaseEnvironment, { DATABASE_URL_FILE: fileWith('postgresql://a/b\r\n') })).toMatchObject({
    DATABASE_URL: 'postgresql://a/b',
  });
});

test.each([
  ['both ways', () => ({ REDIS_PASSWORD: 'x', REDIS_PASSWORD_FILE: fileWith('y') }), /are both given/],
  ['an empty file', () => ({ REDIS_PASSWORD_FILE: fileWith('\n') }), /REDIS_PASSWORD_FILE: the file is empty/],
  ['no file', () => ({ REDIS_PASSWORD_FILE: '/nowhere/secret' }), /REDIS_PASSWORD_FILE: .*ENOENT/],
])('%s of giving a secret is refused', (_, source, message) => {
  expect(() => readEnvironment(redisEnvironment, source())).toThrow(message);
});

test('what is no secret is not read from files', () => {
  expect(readEnvironment(redisEnvironment, { REDIS_PREFIX_FILE: fileWith('x:') }).REDIS_PREFIX).toBe('logmaster:');
});
