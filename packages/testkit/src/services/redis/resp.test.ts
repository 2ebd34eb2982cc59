import { expect, test } from 'vitest';
import { encodeCommand, replyEnd } from './resp.ts';

test('a command is an array of texts with their lengths in bytes', () => {
  expect(encodeCommand(['SET', 'ı'])).toBe('*2\r\n$3\r\nSET\r\n$2\r\nı\r\n');
});

test.each([
  '+OK\r\n',
  '-ERR no\r\n',
  ':1\r\n',
  '$-1\r\n',
  '$0\r\n\r\n',
  '$3\r\na\r\n\r\n',
  '*2\r\n$1\r\na\r\n*0\r\n',
  '*-1\r\n',
])('%j ends where it ends, and not before', (reply) => {
  expect(replyEnd(`${reply}+more\r\n`, 0)).toBe(reply.length);
  for (let length = 0; length < reply.length; length++) expect(replyEnd(reply.slice(0, length), 0)).toBe(-1);
});
