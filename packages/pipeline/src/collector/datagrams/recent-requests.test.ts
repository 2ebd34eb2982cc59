import { type RadiusPacket, readPacket } from '@logmaster/parsers/radius/packet';
import { expect, test } from 'vitest';
import { RecentRequests } from './recent-requests.ts';

const NAS = '192.0.2.1';

interface Parts {
  readonly status?: number;
  readonly session?: string | null;
  readonly delay?: number;
  readonly authenticator?: number;
  readonly proxy?: string;
}

function packetOf({ status = 1, session = 's-1', delay, authenticator = 1, proxy }: Parts): RadiusPacket {
  const attribute = (type: number, value: Buffer) => Buffer.concat([Buffer.from([type, value.length + 2]), value]);
  const delayed = Buffer.alloc(4);
  delayed.writeUInt32BE(delay ?? 0);
  const attributes = Buffer.concat([
    attribute(40, Buffer.from([0, 0, 0, status])),
    ...(delay === undefined ? [] : [attribute(41, delayed)]),
    ...(session === null ? [] : [attribute(44, Buffer.from(session))]),
    ...(proxy === undefined ? [] : [attribute(33, Buffer.from(proxy))]),
  ]);
  const head = Buffer.from([4, authenticator, 0, 20 + attributes.length]);
  const packet = readPacket(Buffer.concat([head, Buffer.alloc(16, authenticator), attributes]));
  if ('fault' in packet) throw new Error(packet.fault);
  return packet;
}

function recent() {
  let now = 0;
  const requests = new RecentRequests(() => now);
  /** Whether it is a repetition; what is none is remembered, as the collector does. */
  const hear = (at: number, parts: Parts, client = NAS) => {
    now = at;
    const packet = packetOf(parts);
    const repeats = requests.repeats(packet, client);
    if (!repeats) requests.remember(packet, client);
    return repeats;
  };
  return hear;
}

test('the same bytes of the same client are the same request, whenever they come within a minute', () => {
  const hear = recent();
  expect([0, 5000, 15_000, 59_000].map((at) => hear(at, {}))).toEqual([false, true, true, true]);
  expect(hear(59_000, {}, '192.0.2.2')).toBe(false);
});

test('a client that counts Acct-Delay-Time on tells of the same moment', () => {
  const hear = recent();
  expect(hear(0, { authenticator: 1 })).toBe(false);
  expect(hear(5100, { authenticator: 2, delay: 5 })).toBe(true);
  expect(hear(15_900, { authenticator: 3, delay: 15, proxy: 'x' })).toBe(true);
  // The second transmission once more, late.
  expect(hear(30_000, { authenticator: 2, delay: 5 })).toBe(true);
});

test('another session, and the same words of another moment, are requests of their own', () => {
  const hear = recent();
  expect(hear(0, { authenticator: 1 })).toBe(false);
  expect(hear(10, { authenticator: 2, session: 's-2' })).toBe(false);
  // An interim update of an idle session says what the one before said.
  expect(hear(30_000, { authenticator: 3, delay: 0 })).toBe(false);
  expect(hear(30_500, { authenticator: 3, delay: 0 })).toBe(true);
});

test('a NAS that starts or ends is heard each time, and so is what is about no session', () => {
  for (const parts of [{ status: 7 }, { status: 8 }, { session: null }]) {
    const hear = recent();
    expect([0, 10_000].map((at) => hear(at, parts))).toEqual([false, false]);
  }
});

test('what is too old is forgotten, and a flood does not grow', () => {
  const hear = recent();
  hear(0, { session: 'first' });
  expect(hear(180_000, { session: 'first' })).toBe(false);
  for (let n = 0; n < 20_001; n++) hear(180_001, { session: `n-${n}` });
  expect(hear(180_002, { session: 'first' })).toBe(false);
  expect(hear(180_002, { session: 'n-20000' })).toBe(true);
});
