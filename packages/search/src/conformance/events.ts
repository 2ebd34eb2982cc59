import type { FlatEvent } from '@logmaster/core/event/event';
import type { EventBatch } from '../store.ts';

/** 2026-11-22T09:00:00Z */
export const BASE = Date.UTC(2026, 10, 22, 9) * 1000;
export const STREAM = 'node1.0';

/** An event at place `sequence` of the test stream, one second after the one before. */
export function makeEvent(sequence: number, more: FlatEvent = {}, journal = 1): FlatEvent {
  return {
    '@timestamp': BASE + sequence * 1_000_000,
    'logmaster.received_at': BASE + sequence * 1_000_000 + 250_000,
    'logmaster.record.id': `${STREAM}.${journal}.${sequence}`,
    'logmaster.site.id': 'istanbul',
    'logmaster.device.id': 'fgt-1',
    ...more,
  };
}

/** A batch of consecutive events of the test stream. */
export function makeBatch(events: readonly FlatEvent[], from: number, journal = 1): EventBatch {
  return { stream: STREAM, from: { journal, sequence: from }, to: { journal, sequence: from + events.length }, events };
}

/** Events that the query table is asked about; the key says what is special. */
export const CASE_EVENTS: Readonly<Record<string, FlatEvent>> = {
  forward: {
    'event.original':
      '<189>devname="FGT" srcip=10.0.0.5 dstip=8.8.8.8:443 action="close" msg="Session closed normally"',
    message: 'Session closed normally',
    'source.ip': '10.0.0.5',
    'destination.ip': '8.8.8.8',
    'source.port': 50123,
    'destination.port': 443,
    'event.action': 'close',
    'event.type': 'end',
    'rule.name': 'LAN to WAN',
  },
  denied: {
    'event.original':
      '%ASA-4-106023: Deny tcp src outside:172.16.31.9/4444 dst inside:10.200.0.7/22 by access-group "OUT_IN"',
    message: 'Deny tcp src outside:172.16.31.9/4444 dst inside:10.200.0.7/22 by access-group "OUT_IN"',
    'source.ip': '172.16.31.9',
    'source.port': 4444,
    'destination.ip': '10.200.0.7',
    'destination.port': 22,
    'event.type': 'denied',
    'event.action': 'deny',
    labels: { 'cisco.acl': 'OUT_IN', 'odd key:"x"': "it's" },
  },
  edge: {
    'source.ip': '172.32.0.1',
    'event.type': 'denied',
    message: 'edge of 172.16/12',
    'event.original': 'x edge of 172.16/12',
  },
  six: {
    'source.ip': '2001:db8::1',
    message: 'six',
    'event.original': 'from 2001:db8::1 to fe80::2',
    'destination.ip': 'fe80::2',
  },
  sixFar: { 'source.ip': '2001:db9::ffff:0:1', message: 'far six' },
  turkish: {
    message: 'İSTANBUL ŞUBE girişi başarısız: IŞIL KILIÇ',
    'event.original': 'user="IŞIL KILIÇ" İSTANBUL ŞUBE girişi başarısız: IŞIL KILIÇ',
    'user.name': 'IŞIL KILIÇ',
  },
  lower: { message: 'istanbul şube', 'event.original': 'istanbul şube ışıl kılıç', 'user.name': 'ışıl kılıç' },
  plain: { message: 'Istanbul sube', 'user.name': 'isil' },
  hostile: {
    message: `'; DROP TABLE events; -- $1 "quoted" \\ back \0 nul \u{1f525}fire % _ * ? line\nbreak\ttab`,
    'event.original': `'; DROP TABLE events; -- $1 "quoted" \\ back \0 nul \u{1f525}fire % _ * ? line\nbreak\ttab`,
    'user.name': "Robert'); DROP TABLE",
    'file.name': 'C:\\temp\\a*b?.txt',
    labels: { "k'; --": 'v"1', nul: 'a\0b' },
  },
  huge: {
    message: `${'A'.repeat(40_000)} needle ${'ş'.repeat(12_000)}`,
    'event.original': `${'A'.repeat(40_000)} needle ${'ş'.repeat(12_000)}`,
  },
  bare: {},
  numbers: { 'source.bytes': 9_007_199_254_740_991, 'event.duration': 0, 'event.severity': -5, 'source.ip': '0.0.0.0' },
};

/** The case events in table order as one batch. */
export const CASE_KEYS = Object.keys(CASE_EVENTS);
export const caseEvents = (): FlatEvent[] => CASE_KEYS.map((key, index) => makeEvent(index, CASE_EVENTS[key]));
