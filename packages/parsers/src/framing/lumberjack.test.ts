import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLumberjackReader, encodeLumberjackAnswer, LumberjackError, MAX_EVENT_BYTES } from './lumberjack.ts';

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};
const windowFrame = (count: number) => Buffer.concat([Buffer.from('2W'), u32(count)]);
const jsonFrame = (sequence: number, json: string) =>
  Buffer.concat([Buffer.from('2J'), u32(sequence), u32(Buffer.byteLength(json)), Buffer.from(json)]);

function reader(maxEventBytes = 65_536, nested = false) {
  const seen: unknown[] = [];
  const lumberjack = createLumberjackReader({
    maxEventBytes,
    nested,
    onWindow: (count) => seen.push(count),
    onEvent: (sequence, json, cut) => seen.push([sequence, json.toString(), cut]),
  });
  return { lumberjack, seen };
}

it('reads windows and events, and stops behind the header of a compressed frame', () => {
  const { lumberjack, seen } = reader();
  const bytes = Buffer.concat([windowFrame(3), jsonFrame(1, '{"a":1}'), jsonFrame(2, ''), Buffer.from('2C'), u32(7)]);
  expect(lumberjack.read(Buffer.concat([bytes, Buffer.from('zzzzzzz')]), 0)).toBe(bytes.length);
  expect(seen).toEqual([3, [1, '{"a":1}', false], [2, '', false]]);
  expect(lumberjack.unfinished).toBe(true);
  expect([lumberjack.takeCompressed(), lumberjack.takeCompressed()]).toEqual([7, 0]);
  expect(lumberjack.unfinished).toBe(false);
});

it('keeps what the limit lets it and goes on with the next frame', () => {
  const { lumberjack, seen } = reader(4);
  lumberjack.read(Buffer.concat([jsonFrame(1, '0123456789'), jsonFrame(2, 'a')]), 0);
  expect(seen).toEqual([
    [1, '0123', true],
    [2, 'a', false],
  ]);
});

it.each([
  ['version 1', Buffer.from('1W\0\0\0\x01'), 'version 1'],
  ['a data frame', Buffer.from('2D\0\0\0\x01\0\0\0\0'), 'only JSON'],
  ['a line of syslog', Buffer.from('<134>hello'), 'no lumberjack frame begins with 60'],
  ['a TLS hello on the plain port', Buffer.from([0x16, 3, 1]), 'begins with 22'],
  ['an unknown type', Buffer.from('2X\0\0\0\x01'), 'no frame type 88'],
  ['an event that lies', Buffer.concat([Buffer.from('2J'), u32(1), u32(MAX_EVENT_BYTES + 1)]), 'an? event of'],
  ['an empty compressed frame', Buffer.concat([Buffer.from('2C'), u32(0)]), 'compressed frame of 0'],
  ['a compressed frame that lies', Buffer.concat([Buffer.from('2C'), u32(0xffff_ffff)]), 'frame of 4294967295'],
])('%s is refused', (_name, bytes, message) => {
  expect(() => reader().lumberjack.read(bytes, 0)).toThrow(LumberjackError);
  expect(() => reader().lumberjack.read(bytes, 0)).toThrow(new RegExp(message));
});

it('a compressed frame holds JSON frames only', () => {
  expect(() => reader(10, true).lumberjack.read(windowFrame(1), 0)).toThrow('JSON frames only');
});

it('answers are ten bytes shorter than events: type and sequence', () => {
  expect(encodeLumberjackAnswer(258)).toEqual(Buffer.from([0x32, 0x41, 0, 0, 1, 2]));
});

it('any events, cut anywhere, are read as they were written', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ maxLength: 60 }), { maxLength: 10 }), fc.array(fc.nat(600)), (texts, cuts) => {
      const bytes = Buffer.concat([windowFrame(texts.length), ...texts.map((text, i) => jsonFrame(i + 1, text))]);
      const { lumberjack, seen } = reader();
      let at = 0;
      for (const cut of [...cuts.toSorted((a, b) => a - b), bytes.length]) {
        const to = Math.min(cut, bytes.length);
        if (to > at) expect(lumberjack.read(Buffer.from(bytes.subarray(at, to)), 0)).toBe(to - at);
        at = Math.max(at, to);
      }
      expect(seen).toEqual([texts.length, ...texts.map((text, i) => [i + 1, Buffer.from(text).toString(), false])]);
      expect(lumberjack.unfinished).toBe(false);
    }),
  );
});
