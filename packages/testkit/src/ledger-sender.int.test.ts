import { once } from 'node:events';
import net from 'node:net';
import { createRandom } from '@logmaster/sample/random';
import { afterEach, expect, test } from 'vitest';
import { createLedgerSender, ledgerMark } from './ledger-sender.ts';

let close: (() => Promise<unknown>) | undefined;
afterEach(() => close?.());

/** Whole records of an octet-counted or LF-framed stream; a torn end is left out. */
function wholeRecords(bytes: Buffer): string[] {
  const records: string[] = [];
  for (let at = 0; at < bytes.length; ) {
    const counted = bytes[at] !== 0x3c;
    const from = counted ? bytes.indexOf(32, at) + 1 : at;
    const end = counted ? from + Number(bytes.toString('latin1', at, from - 1)) : bytes.indexOf(10, at);
    if (end < from || end > bytes.length || (counted && from === 0)) break;
    records.push(bytes.toString('utf8', from, end));
    at = counted ? end : end + 1;
  }
  return records;
}

test('the ledger is true: what a receiver that keeps dying got is a prefix of each connection, all of it when closed', async () => {
  const random = createRandom(1);
  const streams: Buffer[][] = [];
  const server = net.createServer((socket) => {
    const chunks: Buffer[] = [];
    streams.push(chunks);
    let left = streams.length <= 12 ? random.int(1, 60_000) : Number.POSITIVE_INFINITY;
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      left -= chunk.length;
      if (left < 0) socket.resetAndDestroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  close = () => new Promise((resolve) => server.close(resolve));
  const { port } = server.address() as net.AddressInfo;
  const sender = createLedgerSender({ host: '127.0.0.1', port, connections: 3, recordsPerSecond: 3000, seed: 9 });
  await sender.start();
  const finished = () => sender.ledger.filter((entry) => entry.ended === 'broken').length >= 12 && sender.open === 3;
  while (!finished() || !sender.ledger.slice(-3).every((entry) => entry.taken > 50)) {
    await new Promise((resolve) => setImmediate(resolve));
  }
  await sender.stop();

  const received = new Map<string, number[]>();
  for (const chunks of streams) {
    for (const record of wholeRecords(Buffer.concat(chunks))) {
      const mark = ledgerMark(record);
      if (!mark) throw new Error(`not a record of the ledger: ${record}`);
      received.set(mark.connection, [...(received.get(mark.connection) ?? []), mark.number]);
    }
  }
  for (const { connection, handed, taken, ended } of sender.ledger) {
    const numbers = received.get(connection) ?? [];
    expect(numbers).toEqual(Array.from({ length: numbers.length }, (_, index) => index + 1));
    expect(numbers.length).toBeLessThanOrEqual(handed);
    expect(taken).toBeLessThanOrEqual(handed);
    if (ended === 'end') expect([numbers.length, taken]).toEqual([handed, handed]);
  }
  expect(sender.ledger.filter((entry) => entry.ended === 'end').length).toBe(3);
});
