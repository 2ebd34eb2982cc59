import { expect, it } from 'vitest';
import { readProxyHeader } from './proxy-header.ts';

const SIGNATURE = '\r\n\r\n\0\r\nQUIT\n';
function binary(command: number, family: number, body: readonly number[]): Buffer {
  const head = Buffer.from(`${SIGNATURE}\0\0\0\0`, 'latin1');
  head.writeUInt8(command, 12);
  head.writeUInt8(family, 13);
  head.writeUInt16BE(body.length, 14);
  return Buffer.concat([head, Buffer.from(body)]);
}
const V4 = [192, 0, 2, 9, 192, 0, 2, 1, 0x9c, 0x40, 0x19, 0x72];
const V6 = [
  0x20,
  1,
  0x0d,
  0xb8,
  ...new Array<number>(11).fill(0),
  7,
  ...new Array<number>(16).fill(1),
  0x9c,
  0x40,
  0,
  1,
];

it.each([
  ['TCP4', Buffer.from('PROXY TCP4 192.0.2.9 192.0.2.1 40000 6514\r\n'), { address: '192.0.2.9', port: 40_000 }],
  ['TCP6', Buffer.from('PROXY TCP6 2001:db8::7 2001:db8::1 65535 1\r\n'), { address: '2001:db8::7', port: 65_535 }],
  ['UNKNOWN', Buffer.from('PROXY UNKNOWN\r\n'), undefined],
  ['UNKNOWN with more', Buffer.from('PROXY UNKNOWN ffff:f...f:ffff 65535 65535\r\n'), undefined],
  ['version 2, TCP4', binary(0x21, 0x11, V4), { address: '192.0.2.9', port: 40_000 }],
  ['version 2, TCP4 with TLVs', binary(0x21, 0x11, [...V4, 4, 0, 2, 1, 1]), { address: '192.0.2.9', port: 40_000 }],
  ['version 2, TCP6', binary(0x21, 0x21, V6), { address: '2001:db8::7', port: 40_000 }],
  ['version 2, LOCAL', binary(0x20, 0, []), undefined],
  ['version 2, UNSPEC', binary(0x21, 0, []), undefined],
])('%s, whole, followed by data, and cut anywhere', (_name, header, source) => {
  const expected = { kind: 'header', bytes: header.length, source };
  expect(readProxyHeader(header)).toEqual(expected);
  expect(readProxyHeader(Buffer.concat([header, Buffer.from('<134>PROXY TCP4')]))).toEqual(expected);
  for (let cut = 0; cut < header.length; cut++)
    expect(readProxyHeader(header.subarray(0, cut)), `cut at ${cut}`).toEqual({ kind: 'more' });
});

it.each([
  ['a syslog line', '<134>hello', 'none'],
  ['a counted frame', '12 <134>', 'none'],
  ['a TLS hello', '\x16\x03\x01', 'none'],
  ['a word like it', 'PROXIES', 'none'],
  ['another family', 'PROXY UDP4 1.2.3.4 1.2.3.4 1 2\r\n', 'bad'],
  ['a family that does not fit', 'PROXY TCP4 ::1 ::1 1 2\r\n', 'bad'],
  ['a port that is none', 'PROXY TCP4 1.2.3.4 1.2.3.4 70000 2\r\n', 'bad'],
  ['a port too few', 'PROXY TCP4 1.2.3.4 1.2.3.4 7\r\n', 'bad'],
  ['a line without end', `PROXY TCP4 ${'1'.repeat(100)}`, 'bad'],
  ['an end too late', `PROXY UNKNOWN ${'1'.repeat(100)}\r\n`, 'bad'],
  ['version 3', binary(0x31, 0x11, V4).toString('latin1'), 'bad'],
  ['no room for addresses', binary(0x21, 0x11, [1, 2, 3]).toString('latin1'), 'bad'],
  ['a length that lies', `${SIGNATURE}\x21\x11\xff\xff`, 'bad'],
])('%s', (_name, text, kind) => {
  expect(readProxyHeader(Buffer.from(text, 'latin1')).kind).toBe(kind);
});
