import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFrameSplitter } from './stream.ts';

const LIMIT = 64;

function split(chunks: readonly (string | Buffer)[], limit = LIMIT) {
  const records: string[] = [];
  const counters: Record<string, number> = {};
  let mostHeld = 0;
  const splitter = createFrameSplitter({
    maxRecordBytes: limit,
    onRecord: (bytes, flags) => records.push(`${flags}|${bytes.toString('latin1')}`),
    onCounter: (name) => {
      counters[name] = (counters[name] ?? 0) + 1;
    },
  });
  for (const chunk of chunks) {
    splitter.push(Buffer.from(chunk as string));
    mostHeld = Math.max(mostHeld, splitter.heldBytes);
  }
  splitter.end();
  return { records, counters, mostHeld };
}

const counted = (text: string) => `${Buffer.byteLength(text)} ${text}`;
const bytewise = (text: string) => [...Buffer.from(text)].map((byte) => Buffer.from([byte]));

describe('one stream, whole and byte by byte', () => {
  const x = (n: number) => 'x'.repeat(n);
  it.each<[name: string, input: string, records: string[], counters: Record<string, number>]>([
    ['lines', '<13>one\n<14>two\n', ['|<13>one', '|<14>two'], {}],
    ['CR LF lines: one CR belongs to the line end', '<13>one\r\n<13>two\r\r\n', ['|<13>one', '|<13>two\r'], {}],
    ['counted frames', counted('<13>one') + counted('<14>two'), ['|<13>one', '|<14>two'], {}],
    [
      'line ends in a counted frame are content',
      counted('<13>a\n<14>forged\n') + counted('<13>b'),
      ['|<13>a\n<14>forged\n', '|<13>b'],
      {},
    ],
    [
      'line ends after counted frames are skipped',
      `${counted('<13>a')}\n${counted('<13>b')}\r\n${counted('<13>c')}`,
      ['|<13>a', '|<13>b', '|<13>c'],
      {},
    ],
    [
      'framing changes at each frame',
      `<13>a\n${counted('<13>b')}<13>c\n${counted('<13>d')}`,
      ['|<13>a', '|<13>b', '|<13>c', '|<13>d'],
      {},
    ],
    [
      'lines that begin with digits',
      '2026-11-23T19:56:31Z a\n10 packets dropped\n2026 Nov 23 b\n',
      ['|2026-11-23T19:56:31Z a', '|10 packets dropped', '|2026 Nov 23 b'],
      {},
    ],
    [
      'counted frame without PRI, proven by the next',
      `${counted('hello')}${counted('world')}\n`,
      ['|hello', '|world'],
      {},
    ],
    ['empty lines', '\n\r\n<13>a\n\n', ['|<13>a'], { empty: 3 }],
    ['partial line at the end', '<13>a\n<13>b', ['|<13>a', 'i|<13>b'], { unterminated: 1 }],
    ['partial counted frame at the end', `${counted('<13>a')}20 <13>b`, ['|<13>a', 'i|<13>b'], { unterminated: 1 }],
    ['only a count at the end', `${counted('<13>a')}12`, ['|<13>a', 'i|12'], { unterminated: 1 }],
    ['NUL is kept', '<13>a\0b\n', ['|<13>a\0b'], { nul: 1 }],
    ['line of exactly the limit', `${x(64)}\n${x(64)}\r\n`, [`|${x(64)}`, `|${x(64)}`], {}],
    [
      'line over the limit',
      `${x(65)}\n<13>a\n${x(200)}\n<13>b\n`,
      [`t|${x(64)}`, '|<13>a', `t|${x(64)}`, '|<13>b'],
      { truncated: 2 },
    ],
    [
      'counted frame over the limit',
      `${counted(`<13>${x(200)}`)}${counted('<13>b')}`,
      [`t|<13>${x(60)}`, '|<13>b'],
      { truncated: 1 },
    ],
    ['line that never ends', x(1000), [`t|${x(64)}`], { truncated: 1 }],
    ['absurd count', '99999999999 <13>a\n<13>b\n', ['|<13>a', '|<13>b'], { bad_octet_count: 1 }],
    ['count of zero', '0 <13>a\n<13>b\n', ['|<13>a', '|<13>b'], { bad_octet_count: 1 }],
    ['count too large, noticed at the end', '60 <13>a\n<13>b\n', ['|<13>a', '|<13>b'], { bad_octet_count: 1 }],
    [
      'count over the limit that swallows lines',
      `5000 <13>a\n${'<13>b\n'.repeat(20)}`,
      ['|<13>a', ...Array(20).fill('|<13>b')],
      { bad_octet_count: 1 },
    ],
  ])('%s', (_name, input, records, counters) => {
    expect(split([input])).toMatchObject({ records, counters });
    expect(split(bytewise(input))).toMatchObject({ records, counters });
  });
});

describe('a count that lies', () => {
  it('is too small: the rest of the record is kept, the next frames are found without any line end', () => {
    const { records, counters } = split([`8 <13>çok güzel${counted('<13>next')}${counted('<13>last')}`]);
    expect(records.slice(-2)).toEqual(['|<13>next', '|<13>last']);
    expect(records.join('')).toContain(Buffer.from('güzel').toString('latin1'));
    expect(counters.bad_octet_count).toBe(1);
  });

  it('is too small, and that shows only in the next chunk', () => {
    const { records, counters } = split(['8 <13>abcd', 'efg8 <13>next', '8 <13>last']);
    expect(records).toEqual(['|<13>abcd', '|efg', '|<13>next', '|<13>last']);
    expect(counters).toEqual({ bad_octet_count: 1 });
  });

  it('is too large: the records it would have swallowed are found', () => {
    const { records, counters } = split([`12 <13>abcd${counted('<13>next')}${counted('<13>last')}`]);
    expect(records).toEqual(['|<13>abcd', '|<13>next', '|<13>last']);
    expect(counters).toEqual({ bad_octet_count: 1 });
  });

  it('after an overlong line of a stream without line ends', () => {
    const { records, counters } = split([`8 <13>abcd${'x'.repeat(300)}`, counted('<13>next'), counted('<13>last')]);
    expect(records.slice(-2)).toEqual(['|<13>next', '|<13>last']);
    expect(counters).toEqual({ bad_octet_count: 1, truncated: 1 });
  });
});

it('waits for CR LF after a record of exactly the limit', () => {
  const full = 'x'.repeat(LIMIT);
  expect(split([`${full}\r`, '\n'])).toMatchObject({ records: [`|${full}`], counters: {} });
});

it('counts invalid UTF-8, but neither a character split between chunks nor one cut by the limit', () => {
  expect(split([Buffer.from('<13>ab\xff\n', 'latin1')]).counters).toEqual({ invalid_utf8: 1 });
  const turkish = Buffer.from(`<13>${'ş'.repeat(20)}\n<13>ğ\n`);
  expect(split([turkish.subarray(0, 5), turkish.subarray(5)]).counters).toEqual({});
  expect(split([Buffer.from(`<13>x${'ş'.repeat(40)}\n`)]).counters).toEqual({ truncated: 1 });
});

describe('laws', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'ş', '7', ' ', '<', '>', '"', '\r'), maxLength: 40 });
  const record = text.map((rest) => `<13>${rest}z`);
  const frame = fc.record({ record, framing: fc.constantFrom('line', 'crlf', 'counted') });
  const encode = (f: { record: string; framing: string }) =>
    f.framing === 'counted' ? counted(f.record) : f.record + (f.framing === 'line' ? '\n' : '\r\n');
  const cuts = fc.array(fc.nat(2000), { maxLength: 12 });

  function chunked(data: Buffer, at: readonly number[]): Buffer[] {
    const edges = [0, ...at.map((n) => Math.min(n, data.length)).sort((a, b) => a - b), data.length];
    return edges.slice(1).map((edge, i) => data.subarray(edges[i], edge));
  }

  it('gives honest frames back in order, however the stream is cut into chunks', () => {
    fc.assert(
      fc.property(fc.array(frame, { maxLength: 12 }), cuts, (frames, at) => {
        const { records, counters } = split(chunked(Buffer.from(frames.map(encode).join('')), at), 1000);
        expect(records).toEqual(frames.map((f) => `|${Buffer.from(f.record).toString('latin1')}`));
        expect(counters).toEqual({});
      }),
    );
  });

  it('keeps every line that comes after a lying count', () => {
    const lines = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', ' '), maxLength: 20 }), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(fc.nat(3000), lines, cuts, (count, bodies, at) => {
        const sent = bodies.map((body, i) => `<13>${i}:${body}.`);
        const { records } = split(
          chunked(Buffer.from(`${count} <13>x\n${sent.map((l) => `${l}\n`).join('')}`), at),
          5000,
        );
        const all = records.join('\n');
        for (const line of sent) expect(all).toContain(line);
      }),
    );
  });

  it('survives any bytes in bounded memory, and never emits an empty or overlong record', () => {
    const hostile = fc.array(
      fc.oneof(
        fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)),
        fc
          .constantFrom('9 <13>', '\n', '60 ', '1048576 <1>', '<13>', '\r', '70 <191>x\n<13>')
          .map((s) => Buffer.from(s)),
      ),
      { maxLength: 40 },
    );
    fc.assert(
      fc.property(hostile, (chunks) => {
        const { records, mostHeld } = split(chunks);
        for (const r of records) {
          const length = r.length - r.indexOf('|') - 1;
          expect(length).toBeGreaterThan(0);
          expect(length).toBeLessThanOrEqual(LIMIT);
        }
        expect(mostHeld).toBeLessThanOrEqual(LIMIT + 24);
      }),
      { numRuns: 500 },
    );
  });
});
