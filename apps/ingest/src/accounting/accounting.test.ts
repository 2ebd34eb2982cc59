import { createEvents } from '@logmaster/telemetry/events';
import { createLogger } from '@logmaster/telemetry/logger';
import { createRegistry } from '@logmaster/telemetry/metrics';
import { expect, test } from 'vitest';
import { Flow } from './flow.ts';
import { checkIdentities, type Sums } from './identities.ts';
import { IdentityWatch } from './identity-watch.ts';
import { NodeAccounts } from './node-accounts.ts';
import { SourceLabels } from './source-labels.ts';
import { SourceTable } from './source-table.ts';

const silent = () => createEvents(createLogger('accounting', 'silent'), createRegistry());
const tally = (seen: number, journaled: number, dropped: Record<string, number> = {}) => ({ seen, journaled, dropped });

const FINE: Sums = {
  node: tally(10, 8, { backpressure: 2 }),
  sources: [
    ['10.0.0.1', tally(8, 8)],
    ['unknown', tally(2, 0, { backpressure: 2 })],
  ],
  sockets: { udp: tally(10, 8, { backpressure: 2 }) },
  streams: new Map([['node1.w0', { journaled: 8, done: 5, pending: 3, pendingBytes: 0 }]]),
  audits: { 'node1.w0': { checked: 4, differences: {} } },
};

test('every identity is looked at: node, sources, sockets, streams, audits', () => {
  expect(checkIdentities(FINE)).toEqual({ broken: [], watched: 7 });
});

test.each<[string, Partial<Sums>, object]>([
  ['the node', { node: tally(10, 8) }, { identity: 'received', of: 'node', difference: 2 }],
  [
    'a source',
    { sources: [['10.0.0.1', tally(8, 9)]] },
    { identity: 'received', of: 'source 10.0.0.1', difference: -1 },
  ],
  ['a socket', { sockets: { udp: tally(10, 9) } }, { identity: 'received', of: 'socket udp', difference: 1 }],
  [
    'a stream',
    { streams: new Map([['node1.w0', { journaled: 8, done: 5, pending: 2, pendingBytes: 0 }]]) },
    { identity: 'indexed', of: 'stream node1.w0', difference: 1 },
  ],
  [
    'an audit',
    { audits: { 'node1.w0': { checked: 4, differences: { '10.0.0.1': -3 } } } },
    { identity: 'journal', of: 'source 10.0.0.1 in node1.w0', difference: -3 },
  ],
])('numbers of %s that do not add up are named', (_, wrong, expected) => {
  expect(checkIdentities({ ...FINE, ...wrong }).broken).toEqual([expected]);
});

test('a break is an event at once, keeps health down until it is mended, and stays counted', () => {
  const events = silent();
  const watch = new IdentityWatch(events);
  watch.see(checkIdentities(FINE));
  expect(watch.part).toEqual({ name: 'accounting', state: 'ok' });
  const wrong = checkIdentities({ ...FINE, sources: [['10.0.0.1', tally(8, 3)]] });
  watch.see(wrong);
  watch.see(wrong);
  expect(events.count('identity_broken')).toBe(1);
  expect(watch.part).toMatchObject({ state: 'down', code: 'IDENTITY_BROKEN', params: { broken: 1, difference: 5 } });
  expect(JSON.stringify(watch.part)).not.toContain('10.0.0.1');
  expect(watch.differences).toEqual({ received: 5, journal: 0, indexed: 0 });
  expect(watch.state.broken).toEqual([{ identity: 'received', of: 'source 10.0.0.1', difference: 5 }]);
  watch.see(checkIdentities(FINE));
  expect(watch.part.state).toBe('ok');
  expect(watch.state).toEqual({ broken: [], breaks: 1, watched: 7 });
});

test('drops become events with reason and amount, each once', () => {
  const events = silent();
  const accounts = new NodeAccounts(events);
  const account = {
    sources: { '10.0.0.1': tally(9, 2, { 'rate-limit': 7 }), unknown: tally(4, 0, { 'kernel-buffer-full': 4 }) },
    sockets: { udp: tally(13, 2, { 'rate-limit': 7, 'kernel-buffer-full': 4 }) },
    unusual: {},
    journals: new Map(),
    kernelDrops: undefined,
    at: { journal: 1, offset: 1, sequence: 1 },
  };
  accounts.add('node1.w0', account);
  expect(events.count('record_dropped')).toBe(11);
  expect(accounts.total).toEqual(tally(13, 2, { 'rate-limit': 7, 'kernel-buffer-full': 4 }));
});

test('senders beyond the bound are one entry, those that were silent longest first, and no record is left out', () => {
  const table = new SourceTable(3);
  table.add({ a: tally(5, 5), b: tally(4, 4), c: tally(3, 3) });
  table.add({ a: tally(1, 1) });
  table.add({ d: tally(7, 6, { 'rate-limit': 1 }) });
  expect(table.list().map(({ address, seen }) => [address, seen])).toEqual([
    ['d', 7],
    ['a', 6],
    ['other', 7],
  ]);
  expect(table.list(1).map(({ address, seen }) => [address, seen])).toEqual([
    ['d', 7],
    ['other', 13],
  ]);
});

test('the rate of a sender is that of the last half minute at most', () => {
  let now = 0;
  const table = new SourceTable(10, () => now);
  table.add({ a: tally(300, 300) });
  now = 10_000;
  expect(table.list()[0]?.per_second).toBe(30);
  for (let i = 0; i < 6; i++) {
    now += 10_000;
    table.tick();
  }
  expect(table.list()[0]?.per_second).toBe(0);
});

test('the drain of a backlog is told from the rates, or that there is none', () => {
  const flow = new Flow();
  expect(flow.rates(5).drain_seconds).toBeNull();
  expect(flow.rates(0).drain_seconds).toBe(0);
  flow.sample({ at: 0, journaled: 0, done: 0 });
  flow.sample({ at: 10_000, journaled: 10_000, done: 3000 });
  expect(flow.rates(7000)).toEqual({ arriving_per_second: 1000, leaving_per_second: 300, drain_seconds: null });
  for (let at = 20_000; at <= 60_000; at += 10_000) flow.sample({ at, journaled: 10_000, done: 3000 + at / 100 });
  expect(flow.rates(6000)).toEqual({ arriving_per_second: 0, leaving_per_second: 10, drain_seconds: 600 });
  // As many arrive as leave: what is under way is no backlog.
  const steady = new Flow();
  steady.sample({ at: 0, journaled: 100, done: 0 });
  steady.sample({ at: 10_000, journaled: 1100, done: 1000 });
  expect(steady.rates(100).drain_seconds).toBe(1);
});

test('a bounded number of senders has a series of its own; none falls, and together they are the total', () => {
  const labels = new SourceLabels();
  const many = Array.from({ length: 60 }, (_, i) => ({ address: `10.0.0.${i}`, seen: 100 - i }));
  const total = many.reduce((sum, { seen }) => sum + seen, 0);
  const first = labels.series(many, total);
  expect(first.size).toBe(51);
  expect([...first.values()].reduce((a, b) => a + b, 0)).toBe(total);
  const later = labels.series(
    many.map((each) => ({ ...each, seen: each.seen + 10 })),
    total + 600,
  );
  for (const [source, value] of first) expect(later.get(source)).toBeGreaterThanOrEqual(value);
});
