import { expect, it } from 'vitest';
import { readDatagram } from './datagram.ts';

function read(datagram: Buffer) {
  const counters: string[] = [];
  const record = readDatagram(datagram, { maxRecordBytes: 16, onCounter: (name) => counters.push(name) });
  return [record?.bytes.toString('latin1'), record?.flags, counters];
}

it.each([
  ['one record', '<13>a', '<13>a', '', []],
  ['the line end is evidence too', '<13>a\r\n', '<13>a\r\n', '', []],
  ['several lines are one record', '<13>a\n<13>b\n', '<13>a\n<13>b\n', '', []],
  ['nothing', '', undefined, undefined, ['empty']],
  ['only line ends', '\r\n\n', undefined, undefined, ['empty']],
  ['NUL at the end', '<13>a\0', '<13>a\0', '', ['nul']],
  ['not UTF-8', '<13>\xfe', '<13>\xfe', '', ['invalid_utf8']],
  ['over the limit', '<13>0123456789abcdef', '<13>0123456789ab', 't', ['truncated']],
])('%s', (_name, sent, bytes, flags, counters) => {
  expect(read(Buffer.from(sent, 'latin1'))).toEqual([bytes, flags, counters]);
});
