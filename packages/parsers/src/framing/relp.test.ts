import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRelpReader, encodeRelpFrame, MAX_RELP_DATA_BYTES, RelpError } from './relp.ts';

function reader(maxDataBytes = 65_536) {
  const frames: [number, string, string, boolean][] = [];
  const relp = createRelpReader({
    maxDataBytes,
    onFrame: ({ transaction, command, data, cut }) => frames.push([transaction, command, data.toString('latin1'), cut]),
  });
  return { relp, frames };
}

const read = (text: string, maxDataBytes?: number) => {
  const { relp, frames } = reader(maxDataBytes);
  relp.push(Buffer.from(text, 'latin1'));
  return { frames, unfinished: relp.unfinished };
};

it('reads frames with and without data; line ends inside are content', () => {
  expect(read('1 open 13 relp_version=\n2 syslog 6 <1>a\nb\n3 close 0\n')).toEqual({
    frames: [
      [1, 'open', 'relp_version=', false],
      [2, 'syslog', '<1>a\nb', false],
      [3, 'close', '', false],
    ],
    unfinished: false,
  });
});

it('keeps what the limit lets it and goes on with the next frame', () => {
  expect(read('1 syslog 10 0123456789\n2 close 0\n', 4).frames).toEqual([
    [1, 'syslog', '0123', true],
    [2, 'close', '', false],
  ]);
});

describe('no RELP', () => {
  it.each([
    ['a line of syslog', '<134>hello there you\n', 'can not be read', 0],
    ['no number', 'x syslog 1 a\n', 'can not be read', 0],
    ['a number of ten digits', '1000000000 syslog 1 a\n', 'can not be read', 100_000_000],
    ['no command', '7  1 a\n', 'can not be read', 7],
    ['a length that is none', '7 syslog -1 a\n', 'can not be read', 7],
    ['no length', '7 syslog\n', 'can not be read', 7],
    ['a length without data', '7 syslog 5\n', 'no data behind its length', 7],
    ['a length that is too large', `7 syslog ${MAX_RELP_DATA_BYTES + 1} a`, 'too long', 7],
    ['a length that is too small', '7 syslog 3 <1>abc\n', 'does not end where its length says', 7],
    ['an endless header', `1 ${'a'.repeat(100)}`, 'too long', 0],
    ['NUL bytes', '\0'.repeat(100), 'too long', 0],
  ])('%s', (_name, text, message, transaction) => {
    const { relp } = reader();
    const push = () => relp.push(Buffer.from(text, 'latin1'));
    expect(push).toThrow(RelpError);
    try {
      reader().relp.push(Buffer.from(text, 'latin1'));
    } catch (error) {
      expect((error as RelpError).message).toContain(message);
      expect((error as RelpError).transaction).toBe(transaction);
    }
  });
});

it('any frames, cut anywhere, are read as they were written', () => {
  const frame = fc.record({
    transaction: fc.integer({ min: 1, max: 999_999_999 }),
    command: fc.constantFrom('open', 'syslog', 'close'),
    data: fc.string({ maxLength: 80, unit: 'grapheme-ascii' }),
  });
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 10 }), fc.array(fc.nat(600)), (sent, cuts) => {
      const bytes = Buffer.concat(
        sent.map(({ transaction, command, data }) => encodeRelpFrame(transaction, command, data)),
      );
      const { relp, frames } = reader();
      let at = 0;
      for (const cut of [...cuts.toSorted((a, b) => a - b), bytes.length]) {
        const to = Math.min(cut, bytes.length);
        relp.push(bytes.subarray(at, to));
        at = Math.max(at, to);
      }
      expect(frames).toEqual(sent.map(({ transaction, command, data }) => [transaction, command, data, false]));
      expect(relp.unfinished).toBe(false);
    }),
  );
});
