import type { FlatEvent } from '@logmaster/core/event/event';
import { createRecordParser } from '@logmaster/parsers/record-parser';
import { expect, test } from 'vitest';
import { createFleet } from './fleet.ts';

const START = Date.UTC(2026, 10, 23, 7, 0, 0) * 1000;
const STEP = 30_000;

/** What the product's parsers read of 10 000 lines of each device, with the clock the device had. */
function parsed(): { device: string; now: number; event: FlatEvent }[] {
  const parser = createRecordParser();
  return createFleet(3).flatMap((device) =>
    Array.from({ length: 10_000 }, (_, index) => {
      const now = START + index * STEP;
      const context = { receivedAt: now, timeZone: 'Europe/Istanbul', source: device.address };
      return { device: device.name, now, event: parser.parse(Buffer.from(device.next(now)), context) };
    }),
  );
}

test('every sample line is understood whole, at the time the device wrote', () => {
  for (const { now, event } of parsed()) {
    expect(event['logmaster.parse.errors'], event['event.original']).toBeUndefined();
    expect(event['logmaster.parse.status']).toBe('ok');
    // ASA and MikroTik write whole seconds.
    expect(now - (event['@timestamp'] ?? 0)).toBeGreaterThanOrEqual(0);
    expect(now - (event['@timestamp'] ?? 0)).toBeLessThan(1_000_000);
  }
});

test('one session is one id, one pair of addresses and one translation in all its records', () => {
  const sessions = new Map<string, FlatEvent[]>();
  for (const { device, event } of parsed()) {
    const id = event['logmaster.session.id'];
    if (id !== undefined && event['source.nat.ip'] !== undefined) {
      const key = `${device} ${event['observer.name']} ${id}`;
      sessions.set(key, [...(sessions.get(key) ?? []), event]);
    }
  }
  const whole = [...sessions.values()].filter((events) => events.length > 1);
  expect(whole.length).toBeGreaterThan(3000);
  for (const events of whole) {
    const tuples = events.map((event) =>
      [
        event['source.ip'],
        event['source.port'],
        event['source.nat.ip'],
        event['source.nat.port'],
        event['destination.ip'],
      ].join(' '),
    );
    expect(new Set(tuples).size, events.map((event) => event['event.original']).join('\n')).toBe(1);
  }
});

test('the query of the first look finds something: denied, from 10.0.0.0/8, from every firewall', () => {
  const denied = parsed().filter(
    ({ event }) => event['event.type'] === 'denied' && event['source.ip']?.startsWith('10.'),
  );
  expect(new Set(denied.map(({ device }) => device))).toEqual(
    new Set(['FGT-IST-A', 'FGT-IST-B', 'ANK-ASA-01', 'IZM-MT-01', 'IST-CORE-01']),
  );
});
