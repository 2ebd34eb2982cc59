import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRecordParser } from '../record-parser.ts';
import { accountingResponse, isAuthentic } from './accounting.ts';
import { type RadiusPacket, readPacket } from './packet.ts';
import { packetInRecord, RADIUS_RECORD, radiusRecord } from './record-text.ts';

/**
 * Made outside of this code with Python's hashlib by RFC 2866 §3: Accounting-Request 7, Start, User-Name `ali`,
 * Proxy-State 0x0102, secret `testing123`; and the response to it.
 */
const REQUEST = Buffer.from('04070023cffa28edceae7dedfb30b9d240a70e262806000000010105616c6921040102', 'hex');
const RESPONSE = '050700182d19777f9b5868e0fe237fda754afde121040102';
const SECRET = 'testing123';
const packetOf = (bytes: Uint8Array) => readPacket(bytes) as RadiusPacket;

describe('a packet', () => {
  it('is read to its length; what follows is padding', () => {
    const packet = packetOf(Buffer.concat([REQUEST, Buffer.from('padding')]));
    expect(packet).toMatchObject({ code: 4, identifier: 7 });
    expect(packet.bytes).toEqual(REQUEST);
    expect(packet.attributes.map(({ type, value }) => [type, value.toString('hex')])).toEqual([
      [40, '00000001'],
      [1, '616c69'],
      [33, '0102'],
    ]);
  });

  it.each([
    ['empty', ''],
    ['shorter than a head', '0407001400'],
    ['shorter than its length', `04070030${'00'.repeat(16)}`],
    ['a length below the head', `04070013${'00'.repeat(16)}`],
    ['an attribute of length 1', `04070016${'00'.repeat(16)}0101`],
    ['an attribute of length 0', `04070016${'00'.repeat(16)}0100`],
    ['an attribute beyond the end', `04070017${'00'.repeat(16)}010461`],
    ['a type without a length', `04070015${'00'.repeat(16)}01`],
  ])('%s is none', (_name, hex) => expect(readPacket(Buffer.from(hex, 'hex'))).toHaveProperty('fault'));
});

describe('authenticators', () => {
  it('hold for the secret and for no other, and for the packet as it was sent', () => {
    expect(isAuthentic(packetOf(REQUEST), SECRET)).toBe(true);
    expect(isAuthentic(packetOf(REQUEST), 'testing124')).toBe(false);
    fc.assert(
      fc.property(fc.nat(REQUEST.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const changed = Buffer.from(REQUEST);
        changed[at] = (changed[at] as number) ^ change;
        const packet = readPacket(changed);
        expect('fault' in packet || !isAuthentic(packet, SECRET)).toBe(true);
      }),
    );
  });

  it('of the response are made from the request; Proxy-State comes back', () => {
    expect(accountingResponse(packetOf(REQUEST), SECRET).toString('hex')).toBe(RESPONSE);
  });
});

it('a record holds the packet as it came', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 1, maxLength: 4096 }), (bytes) => {
      const text = radiusRecord(Buffer.from(bytes)).toString('latin1');
      expect(text.startsWith(RADIUS_RECORD)).toBe(true);
      expect(packetInRecord(text)).toEqual(Buffer.from(bytes));
    }),
  );
});

it('whatever a packet holds, the parser does not throw', () => {
  const context = { receivedAt: 1_800_000_000_000_000, timeZone: 'UTC', source: '192.0.2.1' };
  const parser = createRecordParser();
  const attribute = fc
    .tuple(fc.integer({ min: 0, max: 255 }), fc.uint8Array({ maxLength: 60 }))
    .map(([type, value]) => Buffer.from([type, value.length + 2, ...value]));
  fc.assert(
    fc.property(fc.array(attribute, { maxLength: 20 }), (attributes) => {
      const body = Buffer.concat(attributes);
      const head = Buffer.alloc(20);
      head[0] = 4;
      head.writeUInt16BE(20 + body.length, 2);
      const event = parser.parse(radiusRecord(Buffer.concat([head, body])), context);
      expect(event['logmaster.parser']).toBe('radius');
      expect(event['logmaster.parse.status']).not.toBe('failed');
    }),
  );
});
