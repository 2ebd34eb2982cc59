import type { RawRecord } from '@logmaster/core/record';
import { TRANSPORTS } from '@logmaster/core/record';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EscapeScan, escapedLength } from './escape.ts';
import { decodeRecordLine, encodeRecordLine, MAX_LINE_BYTES, RecordLineWriter } from './record-line.ts';

const RECORD: RawRecord = {
  id: 'node1.w0.3.42',
  receivedAt: 1_795_463_791_000_123,
  sourceAddress: '10.1.2.3',
  sourcePort: 514,
  transport: 'udp',
  flags: '',
  raw: Buffer.from('<134>hello'),
};

test('a record is one line of six parts', () => {
  expect(encodeRecordLine(RECORD).toString()).toBe(
    'node1.w0.3.42\t2026-11-23T19:56:31.000123Z\t10.1.2.3:514\tudp\t-\t<134>hello',
  );
});

test('IPv6 stands in brackets, flags and escapes are written, other bytes stay', () => {
  const raw = Buffer.from([0x5c, 0x6e, 0x0a, 0x09, 0x0d, 0x00, 0xff, 0xc3, 0x1b]);
  const line = encodeRecordLine({ ...RECORD, sourceAddress: '2001:db8::1', flags: 'ct', transport: 'tcp', raw });
  const expected =
    'node1.w0.3.42\t2026-11-23T19:56:31.000123Z\t[2001:db8::1]:514\ttcp\tct\t\\\\n\\n\\t\\r\\0\xff\xc3\x1b';
  expect(line.toString('latin1')).toBe(expected);
});

const anyRecord = fc.record({
  id: fc.tuple(fc.nat(9_999_999), fc.nat()).map(([journal, sequence]) => `node-1.w0.${journal}.${sequence}`),
  receivedAt: fc.integer({ min: 0, max: 4_102_444_800_000_000 }),
  sourceAddress: fc.oneof(fc.ipV4(), fc.constantFrom('::1', '2001:db8::a:1', '::ffff:10.0.0.1')),
  sourcePort: fc.nat(65_535),
  transport: fc.constantFrom(...TRANSPORTS),
  flags: fc.constantFrom('', 'c', 'i', 't', 'ci', 'ct', 'it', 'cit'),
  raw: fc
    .oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.array(fc.constantFrom(0, 9, 10, 13, 0x5c, 0x6e, 0x30, 0xff), { maxLength: 50 }).map((a) => Uint8Array.from(a)),
    )
    .map((bytes) => Buffer.from(bytes)),
});

test('any bytes come back as they were, from a line without LF, CR and NUL', () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      const line = encodeRecordLine(record);
      expect(line.some((byte) => byte === 10 || byte === 13 || byte === 0)).toBe(false);
      expect(decodeRecordLine(line)).toEqual(record);
    }),
  );
});

test('a line that decodes is the only one of its record', () => {
  fc.assert(
    fc.property(anyRecord, fc.nat(), fc.nat(255), (record, at, byte) => {
      const line = encodeRecordLine(record);
      line[at % line.length] = byte;
      let decoded: RawRecord;
      try {
        decoded = decodeRecordLine(line);
      } catch (thrown) {
        expect(thrown).toMatchObject({ code: 'INVALID_INPUT' });
        return;
      }
      expect(encodeRecordLine(decoded).equals(line)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['too few parts', 'node1.w0.3.42\t2026-11-23T19:56:31.000123Z\t10.1.2.3:514\tudp\t-'],
  ['record id', 'node1.w0.3\t2026-11-23T19:56:31.000123Z\t10.1.2.3:514\tudp\t-\tx'],
  ['time without µs', 'node1.w0.3.42\t2026-11-23T19:56:31Z\t10.1.2.3:514\tudp\t-\tx'],
  ['time with an offset', 'node1.w0.3.42\t2026-11-23T19:56:31.000123+03:00\t10.1.2.3:514\tudp\t-\tx'],
  ['port', 'node1.w0.3.42\t2026-11-23T19:56:31.000123Z\t10.1.2.3:70000\tudp\t-\tx'],
  ['transport', 'node1.w0.3.42\t2026-11-23T19:56:31.000123Z\t10.1.2.3:514\tsnail\t-\tx'],
  ['empty flags', 'node1.w0.3.42\t2026-11-23T19:56:31.000123Z\t10.1.2.3:514\tudp\t\tx'],
  ['flags out of order', 'node1.w0.3.42\t2026-11-23T19:56:31.000123Z\t10.1.2.3:514\tudp\ttc\tx'],
  ['unknown escape', 'node1.w0.3.42\t2026-11-23T19:56:31.000123Z\t10.1.2.3:514\tudp\t-\tx\\x'],
  ['escape cut off', 'node1.w0.3.42\t2026-11-23T19:56:31.000123Z\t10.1.2.3:514\tudp\t-\tx\\'],
  ['bare TAB', 'node1.w0.3.42\t2026-11-23T19:56:31.000123Z\t10.1.2.3:514\tudp\t-\tx\ty'],
])('refused: %s', (_, line) => {
  expect(() => decodeRecordLine(Buffer.from(line))).toThrow(/not a record line/);
});

test('the longest record fits the bound of a line', () => {
  const longest = {
    ...RECORD,
    id: `${'n'.repeat(40)}.${'w'.repeat(40)}.9999999999.999999999999`,
    raw: Buffer.alloc(65_536, 10),
  };
  expect(encodeRecordLine(longest).length).toBeLessThanOrEqual(MAX_LINE_BYTES);
});

test('lines written into a buffer are the same lines', () => {
  const raws = fc.array(
    fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.constantFrom(Buffer.from('plain'), Buffer.from('a\\b\n\t\r\0'))),
    { maxLength: 12 },
  );
  const source = fc.record({
    address: fc.constantFrom('10.0.0.1', '2001:db8::1'),
    port: fc.integer({ min: 0, max: 65_535 }),
    transport: fc.constantFrom(...TRANSPORTS),
  });
  const stamp = fc.integer({ min: 0, max: 4_102_444_800_000_000 });
  const record = fc.record({ sequence: fc.integer({ min: 0, max: 999_999_999_999 }), receivedAt: stamp });
  fc.assert(
    fc.property(
      raws,
      source,
      record,
      fc.constantFrom('', 'c', 'cit'),
      (list, from, { sequence, receivedAt }, flags) => {
        const bytes = Buffer.concat(list);
        const scan = new EscapeScan(bytes);
        const writer = new RecordLineWriter();
        let at = 0;
        for (const [index, raw] of list.entries()) {
          const place = { bytes, from: at, to: at + raw.length, escapes: scan.needed(at, at + raw.length) };
          const view = {
            idPrefix: 'n.w.7.',
            sequence: sequence + index,
            receivedAt: receivedAt + index,
            source: from,
            flags,
            ...place,
          };
          const target = Buffer.alloc(3 + RecordLineWriter.room(view));
          const line = target.subarray(3, writer.write(target, 3, view));
          const whole = encodeRecordLine({
            id: `n.w.7.${sequence + index}`,
            receivedAt: receivedAt + index,
            sourceAddress: from.address,
            sourcePort: from.port,
            transport: from.transport,
            flags,
            raw: Buffer.from(raw),
          });
          expect(line.equals(whole)).toBe(true);
          expect(place.escapes).toBe(escapedLength(raw) !== raw.length);
          at += raw.length;
        }
      },
    ),
  );
});
