import { ecsEventSchema, toEcs } from '@logmaster/core/event/event';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecordParser } from './record-parser.ts';
import { allFixtures } from './testing/fixtures.ts';

const receivedAt = Date.UTC(2026, 10, 23, 18) * 1000;
const context = { receivedAt, timeZone: 'Europe/Istanbul', source: '192.0.2.1' };
const fixtures = allFixtures();

/** What holds for every event, whatever the bytes were. */
function expectSound(parser: ReturnType<typeof createRecordParser>, raw: Buffer): void {
  const event = parser.parse(raw, context);
  expect(event['logmaster.parse.status']).toMatch(/^(?:ok|partial|raw)$/);
  expect(Number.isSafeInteger(event['@timestamp'])).toBe(true);
  expect(event['@timestamp'] as number).toBeLessThanOrEqual(receivedAt + 26 * 3600e6);
  expect(event.message).toBeTypeOf('string');
  // A packet has no text of its own: its message is made of its attributes.
  if (event['logmaster.parser'] !== 'radius') expect(isSaidIn(event.message, event['event.original'])).toBe(true);
  expect(ecsEventSchema.safeParse(toEcs(event)).error).toBeUndefined();
}

/** As it stands, or within a string of JSON, which escapes it: `{"log":"… \\"GET / HTTP/1.1\\" 200"}`. */
function isSaidIn(message: string, original: string): boolean {
  if (original.includes(message)) return true;
  const object = original.slice(original.indexOf('{'));
  return (object.match(/"(?:[^"\\]|\\.)*"/g) ?? []).some((quoted) => {
    const said = parseString(quoted);
    return said !== undefined && said.length < original.length && isSaidIn(message, said);
  });
}

function parseString(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}

describe('no bytes break it', { timeout: 300_000 }, () => {
  it('fixtures cut anywhere', () => {
    const parser = createRecordParser();
    // Each record at other places than the next: there are a thousand of them, and many of each kind.
    for (const [index, record] of fixtures.entries()) {
      for (let end = index % 5; end <= record.length; end += 5) parser.parse(record.subarray(0, end), context);
      for (let end = index % 53; end <= record.length; end += 53) expectSound(parser, record.subarray(0, end));
    }
  });

  it('fixtures with bytes changed, inserted and taken out', () => {
    const parser = createRecordParser();
    const edit = fc.record({
      at: fc.nat(1000),
      take: fc.nat(4),
      put: fc.oneof(
        fc.uint8Array({ maxLength: 4 }),
        fc
          .constantFrom('"', '\\"', '=', '(', ')', '->', ' ', ':', '/99999', '\0', '%', '99999999999999999999')
          .map((s) => Buffer.from(s)),
      ),
    });
    fc.assert(
      fc.property(fc.constantFrom(...fixtures), fc.array(edit, { minLength: 1, maxLength: 5 }), (record, edits) => {
        let raw = record;
        for (const { at, take, put } of edits) {
          const from = Math.min(at, raw.length);
          raw = Buffer.concat([raw.subarray(0, from), put, raw.subarray(from + take)]);
        }
        expectSound(parser, raw);
      }),
      { numRuns: 3000 },
    );
  });

  it('any bytes', () => {
    const parser = createRecordParser();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => expectSound(parser, Buffer.from(bytes))),
      { numRuns: 1000 },
    );
  });
});

describe('times', () => {
  const parse = (text: string) => createRecordParser().parse(Buffer.from(text), context);

  it('falls back to the arrival and says so when the device time is implausible', () => {
    const event = parse('<13>2027-11-23T19:56:31Z gw app: m');
    expect(event['@timestamp']).toBe(receivedAt);
    expect(event['logmaster.parse.errors']).toBe('@timestamp: device clock more than 26 h ahead');
  });

  it('takes FortiOS’ local time when eventtime can’t be believed', () => {
    const event = parse(
      '<13>date=2026-11-23 time=19:56:31 logid="1" type="traffic" subtype="forward" eventtime=9999999999000000000',
    );
    expect(event['@timestamp']).toBe(Date.UTC(2026, 10, 23, 16, 56, 31) * 1000);
    expect(event['logmaster.parse.status']).toBe('partial');
  });
});

describe('text', () => {
  const parse = (raw: Buffer) => createRecordParser().parse(raw, context);

  it('keeps the original whole and leaves line ends out of the message', () => {
    const event = parse(Buffer.from('<13>Nov 23 19:56:31 gw app: merhaba\r\n\0'));
    expect(event.message).toBe('merhaba');
    expect(event['event.original']).toBe('<13>Nov 23 19:56:31 gw app: merhaba\r\n\0');
  });

  it('reads windows-1254 where bytes are not UTF-8', () => {
    expect(parse(Buffer.from([0x3c, 0x31, 0x3e, 0xfe, 0xf0, 0xdd])).message).toBe('şğİ');
  });

  it('reads a record cut inside a UTF-8 character as UTF-8', () => {
    expect(parse(Buffer.from('<13>şişe ş').subarray(0, -1)).message).toBe('şişe \uFFFD');
  });
});

describe('values that do not fit', () => {
  it('are named, and cost nothing else', () => {
    const event = createRecordParser().parse(
      Buffer.from(
        'date=2026-11-23 time=19:56:31 logid="1" type="traffic" subtype="forward" srcip=10.0.0.300 srcport=70000 dstip=10.0.0.5 proto=6',
      ),
      context,
    );
    expect(event['logmaster.parse.errors']).toBe('source.ip: not an IP address; source.port: not a port');
    expect(event).toMatchObject({
      'logmaster.parse.status': 'partial',
      'destination.ip': '10.0.0.5',
      'network.transport': 'tcp',
    });
    expect(event).not.toHaveProperty(['source.ip']);
  });

  it('hostile labels are bounded and can’t reach a prototype', () => {
    const pairs = Array.from({ length: 5000 }, (_, i) => `k${i}=v`).join(' ');
    const event = createRecordParser().parse(Buffer.from(`__proto__=x constructor=y ${pairs}`), context);
    expect(Object.keys(event.labels ?? {})).toHaveLength(128);
    expect(Object.getPrototypeOf(event.labels)).toBe(Object.prototype);
    expect(event['logmaster.parse.errors']).toContain('labels: more than 128');
  });
});

it('a record means the same whatever its sender has sent before', () => {
  const fresh = fixtures.map((record) => createRecordParser().parse(record, context));
  const onePerVendor = new Map(fresh.map((event, index) => [event['logmaster.parser'], fixtures[index] as Buffer]));
  for (const [turn, before] of [...onePerVendor.values()].entries()) {
    const parser = createRecordParser();
    for (const [index, record] of fixtures.entries()) {
      if (index % 5 !== turn % 5) continue;
      parser.parse(before, context);
      expect(parser.parse(record, context)).toEqual(fresh[index]);
    }
  }
});
