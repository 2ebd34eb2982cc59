import dgram from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { MAX_RECORD_BYTES } from '@logmaster/core/record';
import { freePorts } from '@logmaster/testkit/free-ports';
import { type IngestProcess, prepareData, startIngest, untilPipeline } from '@logmaster/testkit/ingest';
import { archivedRecords, indexedEvents } from '@logmaster/testkit/stored-records';
import { afterEach, expect, test } from 'vitest';

let ingest: IngestProcess | undefined;
let data: string | undefined;
afterEach(async () => {
  await ingest?.kill().catch(() => undefined);
  if (data !== undefined) await rm(data, { recursive: true, force: true });
});

/** What one connection sends, what must be kept of it (raw bytes as latin1, flags), and what must be counted. */
interface Case {
  readonly name: string;
  readonly sent: Buffer;
  readonly kept: readonly (readonly [raw: string, flags: string])[];
  readonly counted: Readonly<Record<string, number>>;
}

const bytes = (text: string) => Buffer.from(text, 'latin1');
const LIMIT = MAX_RECORD_BYTES;
const long = `<134>over the limit ${'x'.repeat(70_000)}`;
const endless = `<134>endless ${'y'.repeat(200_000)}`;

/** Issue 3 § Bad input. Each goes over a connection of its own, which is closed in order afterwards. */
const CASES: readonly Case[] = [
  {
    name: 'a line over the limit',
    sent: bytes(`${long}\n<134>after the long line\n`),
    kept: [
      [long.slice(0, LIMIT), 't'],
      ['<134>after the long line', ''],
    ],
    counted: { truncated: 1 },
  },
  {
    name: 'a counted frame over the limit',
    sent: bytes(`${long.length} ${long}25 <134>after the long frame`),
    kept: [
      [long.slice(0, LIMIT), 't'],
      ['<134>after the long frame', ''],
    ],
    counted: { truncated: 1 },
  },
  {
    name: 'a line that never ends',
    sent: bytes(endless),
    kept: [[endless.slice(0, LIMIT), 't']],
    counted: { truncated: 1 },
  },
  { name: 'NUL', sent: bytes('<134>nul \0 inside\n'), kept: [['<134>nul \0 inside', '']], counted: { nul: 1 } },
  {
    name: 'bytes that are not UTF-8',
    sent: bytes('<134>G\xfcne\xfe \xc3(\n'),
    kept: [['<134>G\xfcne\xfe \xc3(', '']],
    counted: { invalid_utf8: 1 },
  },
  {
    name: 'empty lines',
    sent: bytes('\n\n\r\n<134>after empty lines\n'),
    kept: [['<134>after empty lines', '']],
    counted: { empty: 3 },
  },
  {
    name: 'a count that is too large',
    sent: bytes('500 <134>short one\n<134>second\n<134>third\n'),
    kept: [
      ['<134>short one', ''],
      ['<134>second', ''],
      ['<134>third', ''],
    ],
    counted: { bad_octet_count: 1 },
  },
  {
    name: 'a count that is too small',
    sent: bytes('10 <134>longer than ten\n<134>next\n'),
    kept: [
      ['<134>longer than ten', ''],
      ['<134>next', ''],
    ],
    counted: { bad_octet_count: 1 },
  },
  {
    name: 'a count that no frame can have',
    sent: bytes('99999999 <134>not so huge\n<134>after it\n'),
    kept: [
      ['<134>not so huge', ''],
      ['<134>after it', ''],
    ],
    counted: { bad_octet_count: 1 },
  },
  {
    name: 'a connection that ends in a record',
    sent: bytes('<134>whole\n<134>ends withou'),
    kept: [
      ['<134>whole', ''],
      ['<134>ends withou', 'i'],
    ],
    counted: { unterminated: 1 },
  },
];

async function overTcp(port: number, sent: Buffer): Promise<void> {
  const socket = net.connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  socket.resume();
  socket.end(sent);
  await once(socket, 'close');
}

/** Resets in the middle of a record, once the record before it is known to have arrived. */
async function resetMidRecord(port: number, arrived: () => Promise<void>): Promise<void> {
  const socket = net.connect({ port, host: '127.0.0.1' });
  await once(socket, 'connect');
  socket.write('<134>before the reset\n<134>reset he');
  await arrived();
  socket.resetAndDestroy();
}

async function overUdp(port: number, datagrams: readonly Buffer[]): Promise<void> {
  const socket = dgram.createSocket('udp4');
  for (const datagram of datagrams) {
    await new Promise<void>((resolve, reject) => {
      socket.send(datagram, port, '127.0.0.1', (error) => (error ? reject(error) : resolve()));
    });
  }
  socket.close();
}

test('bad input crashes nothing, loses nothing that was received, and is counted', async () => {
  data = await mkdtemp(path.join(tmpdir(), 'logmaster-accounting-'));
  await prepareData(data);
  const [syslogPort = 0, metricsPort = 0] = await freePorts(2);
  ingest = await startIngest({ data, syslogPort, metricsPort, segmentSeconds: 1 });
  const running = ingest;
  const { started_at } = await running.pipeline();

  for (const each of CASES) await overTcp(syslogPort, each.sent);
  await overUdp(syslogPort, [bytes(''), bytes('<134>udp nul \0'), bytes('<134>two\nlines'), bytes('no header at all')]);
  const beforeReset = CASES.reduce((sum, each) => sum + each.kept.length, 3);
  await resetMidRecord(syslogPort, async () => {
    await untilPipeline(running, (state) => state.journaled === beforeReset + 1);
  });
  const kept = [
    ...CASES.flatMap((each) => each.kept),
    ...(['<134>udp nul \0', '<134>two\nlines', 'no header at all', '<134>before the reset'] as const).map(
      (raw) => [raw, ''] as const,
    ),
    ['<134>reset he', 'i'] as const,
  ];

  const end = await untilPipeline(
    running,
    // A seal is counted before it is in the archive; what has its time-stamp is there.
    ({ journaled, pending, sealed }) =>
      journaled === kept.length && pending === 0 && sealed.records === kept.length && sealed.unstamped === 0,
  );
  expect(end.unusual).toMatchObject({
    truncated: 3,
    nul: 2,
    invalid_utf8: 1,
    empty: 4,
    bad_octet_count: 3,
    unterminated: 2,
  });
  expect(end.dropped).toEqual({});
  expect(end.seen).toBe(kept.length);
  expect(end.indexed + end.quarantined).toBe(kept.length);
  expect(end.connections).toBe(0);
  expect(end.identities).toMatchObject({ broken: [], breaks: 0 });
  expect(end.started_at).toBe(started_at);
  expect(await running.stop()).toBe(0);
  ingest = undefined;

  const archived: [string, string][] = [];
  const ids = new Set<string>();
  for await (const record of archivedRecords(data)) {
    archived.push([record.raw.toString('latin1'), record.flags]);
    ids.add(record.id);
  }
  const order = (records: readonly (readonly [string, string])[]) => records.map((each) => each.join(' · ')).toSorted();
  expect(order(archived)).toEqual(order(kept));
  const indexed = await indexedEvents(data);
  expect(new Set(indexed.map((event) => event['logmaster.record.id']))).toEqual(ids);
  expect(indexed.length).toBe(ids.size);
});
