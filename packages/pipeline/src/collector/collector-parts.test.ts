import { expect, test } from 'vitest';
import { DropCounter } from './accounts/drop-counter.ts';
import { OTHER_SOURCES, SourceCounters } from './accounts/source-counters.ts';
import { readDrops } from './datagrams/kernel-drops.ts';
import { listenError } from './stream/listen-error.ts';
import { canonicalAddress } from './stream/source-address.ts';

test.each([
  ['::ffff:10.0.0.1', '10.0.0.1'],
  ['10.0.0.1', '10.0.0.1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['2001:db8::1', '2001:db8::1'],
])('%s is %s', (address, canonical) => {
  expect(canonicalAddress(address)).toBe(canonical);
});

const TCP = { address: '10.0.0.1', transport: 'tcp' } as const;

test('seen = journaled + dropped, in total, for each source and each socket, and deltas are given once', () => {
  const counters = new SourceCounters();
  for (let i = 0; i < 5; i++) counters.journaled(TCP);
  counters.drop(TCP, 'backpressure', 2);
  counters.drop({ address: '10.0.0.2', transport: 'udp' }, 'backpressure');
  counters.note('nul');
  expect(counters.take()).toEqual({
    sources: {
      '10.0.0.1': { seen: 7, journaled: 5, dropped: { backpressure: 2 } },
      '10.0.0.2': { seen: 1, journaled: 0, dropped: { backpressure: 1 } },
    },
    sockets: {
      tcp: { seen: 7, journaled: 5, dropped: { backpressure: 2 } },
      udp: { seen: 1, journaled: 0, dropped: { backpressure: 1 } },
    },
    unusual: { nul: 1 },
  });
  expect(counters.take()).toEqual({ sources: {}, sockets: {}, unusual: {} });
  expect(counters).toMatchObject({ seen: 8, dropped: { backpressure: 3 }, unusual: { nul: 1 } });
});

test('a flood of forged senders is counted whole in one entry', () => {
  const counters = new SourceCounters();
  for (let i = 0; i < 25_000; i++)
    counters.journaled({ address: `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`, transport: 'udp' });
  const { sources } = counters.take();
  expect(Object.keys(sources)).toHaveLength(10_001);
  expect(sources[OTHER_SOURCES]?.journaled).toBe(15_000);
});

test("the kernel's drop counter is read for the port alone", () => {
  const table = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref pointer drops
 1: 0100007F:158A 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 100 2 0 42
 2: 0100007F:158B 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 101 2 0 7
`;
  expect([...readDrops(table, 5514)]).toEqual([['100', 42]]);
  expect([...readDrops(table, 9999)]).toEqual([]);
});

test('each drop is counted once, by socket, over a change of hands and the wrap at 32 bits', () => {
  const first = new DropCounter();
  expect(first.take(new Map([['100', 5]]))).toBe(5);
  expect(first.take(new Map([['100', 5]]))).toBe(0);
  const second = new DropCounter(first.state);
  expect(
    second.take(
      new Map([
        ['100', 7],
        ['101', 1],
      ]),
    ),
  ).toBe(3);
  const worn = new DropCounter({ '100': 0xffff_fffe });
  expect(worn.take(new Map([['100', 3]]))).toBe(5);
  expect(new DropCounter({ '100': 50 }).take(new Map([['100', 3]]))).toBe(3);
});

test('a taken port is named with the option that changes it', () => {
  const error = listenError({ code: 'EADDRINUSE' }, 'syslog TCP', '0.0.0.0', 5514, '--syslog-port');
  expect(error.code).toBe('PORT_TAKEN');
  expect(error.message).toContain('5514');
  expect(error.message).toContain('--syslog-port');
});
