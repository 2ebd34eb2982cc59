import dgram from 'node:dgram';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { freePorts } from '@logmaster/testkit/free-ports';
import { afterEach, expect, test } from 'vitest';
import type { Tally } from '../../journal/accounting.ts';
import { STREAM_START } from '../../journal/block.ts';
import { JournalReader } from '../../journal/reader.ts';
import { JournalAudit } from '../../processor/segmenting/journal-audit.ts';
import { CollectorRig, type RigOptions } from '../../testing/collector-rig.ts';
import type { Account } from './account-book.ts';
import { addTallies, differenceOf } from './tallies.ts';

let folders: string[] = [];
let rigs: CollectorRig[] = [];
afterEach(async () => {
  for (const rig of rigs) await rig.remove();
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
  [rigs, folders] = [[], []];
});

const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 20 });

/** A collector and all that it has accounted for. */
class Heard {
  readonly rig: CollectorRig;
  readonly port: number;
  readonly folder: string;
  readonly accounts: Account[] = [];

  private constructor(rig: CollectorRig, port: number, folder: string) {
    this.rig = rig;
    this.port = port;
    this.folder = folder;
  }

  static async start(options: Partial<RigOptions> = {}, copied?: string): Promise<Heard> {
    const [port = 0] = await freePorts(1);
    const folder = await mkdtemp(path.join(os.tmpdir(), 'accounts-'));
    folders.push(folder);
    if (copied !== undefined) await cp(copied, folder, { recursive: true });
    const rig = await CollectorRig.start({ syslogPort: port, journalFolder: folder, ...options });
    rigs.push(rig);
    return new Heard(rig, port, folder);
  }

  /** Every account that is closed, checked. */
  listen(): Account[] {
    for (const account of this.rig.collector.takeAccounts()) {
      for (const tally of [...Object.values(account.sources), ...Object.values(account.sockets)])
        expect(differenceOf(tally), JSON.stringify(account)).toBe(0);
      this.accounts.push(account);
    }
    return this.accounts;
  }

  total(side: 'sources' | 'sockets' = 'sources'): Record<string, Tally> {
    return totalOf(this.listen(), side);
  }

  async send(count: number, address = '127.0.0.1'): Promise<void> {
    const socket = await this.rig.connect(this.port, address);
    for (let i = 0; i < count; i++) socket.write(`<134>${'x'.repeat(400)} number=${i}\n`);
    socket.end();
  }

  async sendUdp(count: number): Promise<void> {
    const socket = dgram.createSocket('udp4');
    for (let i = 0; i < count; i++)
      await new Promise((resolve) => socket.send(`<134>datagram ${i}`, this.port, '127.0.0.1', resolve));
    socket.close();
  }
}

function totalOf(accounts: readonly Account[], side: 'sources' | 'sockets' = 'sources'): Record<string, Tally> {
  const all: Record<string, Tally> = {};
  for (const account of accounts) addTallies(all, account[side]);
  return all;
}

const sum = (tallies: Readonly<Record<string, Tally>>, of: 'seen' | 'journaled') =>
  Object.values(tallies).reduce((all, tally) => all + tally[of], 0);

/** The whole journal, read as the processor does. */
async function audited(heard: Heard): Promise<JournalAudit> {
  const ignore = () => undefined;
  const stream = path.join(heard.folder, heard.rig.collector.stream);
  const reader = new JournalReader(stream, STREAM_START, { lost: ignore, tornTail: ignore, missing: ignore });
  const audit = new JournalAudit(STREAM_START);
  for (let block = await reader.next(); block !== undefined; block = await reader.next()) {
    if (block.type === 'records') audit.records(block, 0, block.count);
    else audit.accounting(block);
  }
  await reader.close();
  return audit;
}

test('each account of a storm adds up, by sender and by socket, over changes of file; the journal says the same', async () => {
  const heard = await Heard.start({ rotateBytes: 2 * 1024 * 1024 });
  const count = 12_000;
  await Promise.all([heard.send(count, '127.0.0.1'), heard.send(count, '127.0.0.2'), heard.sendUdp(300)]);
  // As of any block, not only of the last: the state is what a report would say at this moment.
  await eventually(() => {
    const { seen, journaled, dropped } = heard.rig.collector.state;
    expect(seen).toBe(journaled + Object.values(dropped).reduce((a, b) => a + b, 0));
    return sum(heard.total(), 'journaled');
  }).toBe(2 * count + 300);
  expect(heard.total()).toEqual({
    '127.0.0.1': { seen: count + 300, journaled: count + 300, dropped: {} },
    '127.0.0.2': { seen: count, journaled: count, dropped: {} },
  });
  expect(sum(heard.total('sockets'), 'seen')).toBe(2 * count + 300);
  expect(heard.total('sockets').udp?.journaled).toBe(300);
  const files = heard.accounts.flatMap(({ journals }) => [...journals.values()]);
  expect(files.reduce((all, { records }) => all + records, 0)).toBe(2 * count + 300);
  expect(new Set(heard.accounts.flatMap(({ journals }) => [...journals.keys()])).size).toBeGreaterThan(1);
  await heard.rig.collector.stop();
  expect((await audited(heard)).report).toMatchObject({ differences: {} });
});

test('a death takes no numbers with it: what nobody had heard of is counted again, drops too', async () => {
  const first = await Heard.start({ sourceRate: 50 });
  await first.send(40, '127.0.0.2');
  await eventually(() => sum(first.total(), 'journaled')).toBe(40);
  const { at } = first.accounts.at(-1) as Account;
  const heard = [...first.accounts];
  // Accounted for on disk, and not heard of; above the rate datagrams are dropped.
  await first.sendUdp(400);
  await eventually(() => sum(first.total(), 'seen')).toBe(440);
  const told = first.total();
  expect(told['127.0.0.1']?.dropped['rate-limit']).toBeGreaterThan(0);
  // Durable, and not accounted for: the copy is taken between two accounting blocks.
  const { journaled } = first.rig.collector.state;
  await first.send(25, '127.0.0.2');
  await eventually(() => first.rig.collector.state.journaled).toBe(journaled + 25);

  const second = await Heard.start({ accountedTo: at }, first.folder);
  await eventually(() => second.listen().length).toBeGreaterThan(1);
  const all = totalOf([...heard, ...second.accounts]);
  expect(all['127.0.0.1']).toEqual(told['127.0.0.1']);
  expect(all['127.0.0.2']).toEqual({ seen: 65, journaled: 65, dropped: {} });
  const records = [...heard, ...second.accounts].flatMap(({ journals }) => [...journals.values()]);
  expect(records.reduce((total, file) => total + file.records, 0)).toBe(sum(all, 'journaled'));
  // A third life hears of nothing twice.
  const third = await Heard.start({ accountedTo: second.accounts.at(-1)?.at }, second.folder);
  await eventually(() => third.listen().length).toBeGreaterThan(0);
  expect(sum(third.total(), 'seen')).toBe(0);
  await third.rig.collector.stop();
  expect((await audited(third)).report).toMatchObject({ differences: {} });
});

test('what an earlier life of the whole node left is accounted for in the journal, and is no part of this life', async () => {
  const first = await Heard.start();
  await eventually(() => first.listen().length).toBeGreaterThan(0);
  await first.send(10);
  await eventually(() => first.rig.collector.state.journaled).toBe(10);
  const second = await Heard.start({}, first.folder);
  await second.send(7);
  await eventually(() => sum(second.total(), 'journaled')).toBe(7);
  expect(sum(second.total(), 'seen')).toBe(7);
  await second.rig.collector.stop();
  expect((await audited(second)).report).toMatchObject({ differences: {} });
});

test('when the journal fails, what was not durable is lost with its reason, and so is what comes later', async () => {
  const heard = await Heard.start();
  await heard.sendUdp(3);
  await eventually(() => sum(heard.total(), 'journaled')).toBe(3);
  heard.rig.disk.break('EIO');
  await heard.sendUdp(2);
  await eventually(() => heard.rig.collector.journal.failure?.code).toBe('JOURNAL_FAILED');
  await heard.sendUdp(4);
  await eventually(() => heard.total()['127.0.0.1']).toEqual({
    seen: 9,
    journaled: 3,
    dropped: { 'journal-failed': 6 },
  });
  expect(heard.accounts.at(-1)?.at).toBeUndefined();
});
