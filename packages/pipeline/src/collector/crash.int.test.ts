import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { freePorts } from '@logmaster/testkit/free-ports';
import { checkLedger } from '@logmaster/testkit/ledger/check';
import { createLedgerSender, type LedgerSender } from '@logmaster/testkit/ledger-sender';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { RECEIVE_POINTS } from '../fault.ts';
import { flagLetters } from '../journal/flags.ts';
import type { CollectorChildOptions } from '../testing/collector-child.ts';
import type { CrashAt } from '../testing/crash-at.ts';
import { readJournal } from '../testing/read-journal.ts';
import { Rig, STREAM } from '../testing/rig.ts';
import type { CollectorState } from './collector.ts';

// One data folder and one set of senders for all: each life of the collector begins with what the one before left.
let rig: Rig;
let child: ChildProcess | undefined;
let senders: LedgerSender[] = [];
let ports: readonly number[] = [];
beforeAll(async () => {
  rig = await Rig.create();
  ports = await freePorts(3);
  const protocols = [{}, { protocol: 'relp' }, { protocol: 'beats' }] as const;
  senders = protocols.map((protocol, index) =>
    createLedgerSender({
      ...{ host: '127.0.0.1', port: ports[index] as number, connections: 2, recordsPerSecond: 400, seed: index + 1 },
      ...protocol,
    }),
  );
  for (const sender of senders) await sender.start();
});
afterAll(async () => {
  child?.kill('SIGKILL');
  await Promise.all(senders.map((sender) => sender.stop()));
  await rig.remove();
});

const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 60_000, interval: 20 });
const ledger = () => senders.flatMap((sender) => [...sender.ledger]);
const acknowledged = () => ledger().reduce((sum, entry) => sum + entry.acknowledged, 0);

function startChild(order?: CrashAt): ChildProcess {
  const [syslogPort = 0, relp = 0, beats = 0] = ports;
  const options: CollectorChildOptions = {
    ...{ node: 'node1', worker: 'w0', journalFolder: rig.layout.journal, syslogHost: '127.0.0.1', syslogPort },
    ...{ relp: { port: relp }, beats: { port: beats }, rotateBytes: 100_000, crashAt: order },
  };
  const script = path.join(import.meta.dirname, '..', 'testing', 'collector-child.ts');
  child = fork(script, [JSON.stringify(options)]);
  return child;
}

async function stateOf(process: ChildProcess): Promise<CollectorState> {
  const answer = once(process, 'message');
  process.send('state');
  return (await answer)[0] as CollectorState;
}

const readStream = async () =>
  (await readJournal(path.join(rig.layout.journal, STREAM))).map((record) => ({
    ...record,
    flags: flagLetters(record.flags),
  }));

/** The how manieth time, so that there is something before it. */
const OCCURRENCES: Partial<Record<string, number>> = {
  'stream-prepared': 1,
  'record-taken': 300,
  'accounting-sealed': 2,
};

test.each(RECEIVE_POINTS)('SIGKILL at %s: what was acknowledged is stored, once', async (point) => {
  const killed = startChild({ point, occurrence: OCCURRENCES[point] ?? 3 });
  expect(await once(killed, 'exit')).toEqual([null, 'SIGKILL']);
  // Nobody listens: the ledgers stand still.
  await eventually(() => senders.map((sender) => sender.open)).toEqual([0, 0, 0]);
  const report = await checkLedger(ledger(), await readStream());
  expect(report.problems).toEqual([]);
});

test('after all these deaths: both identities, evidence and index hold, and the ledgers agree', async () => {
  const last = startChild();
  await once(last, 'message');
  const before = acknowledged();
  expect(before).toBeGreaterThan(1000);
  await eventually(acknowledged).toBeGreaterThan(before + 200);
  await Promise.all(senders.map((sender) => sender.stop()));
  const { seen, journaled, dropped } = await stateOf(last);
  expect(seen).toBe(journaled + Object.values(dropped).reduce((sum, count) => sum + count, 0));
  last.kill('SIGTERM');
  expect(await once(last, 'exit')).toEqual([0, null]);

  const total = (await readStream()).length;
  // In the next period, so that all of it is in periods that have ended.
  rig.now = Date.now() * 1000;
  rig.flushBytes = 100_000;
  await rig.startProcessor();
  const { processor } = rig;
  rig.passBoundary();
  await rig.untilSealed(total);
  await eventually(async () => (await rig.indexed()) + processor.quarantine.records.size).toBe(total);
  const report = await checkLedger(ledger(), await rig.evidence());
  await rig.stopProcessor();
  expect(report).toMatchObject({ problems: [], records: total });
  for (const { connection, protocol, handed, acknowledged: answered, ended } of ledger()) {
    if (ended !== 'end') continue;
    expect(report.stored.get(connection), `${connection} was closed in order`).toBe(handed);
    if (protocol === 'relp' || protocol === 'beats') expect(answered).toBe(handed);
  }
  expect((await rig.verify()).findings.filter(({ severity }) => severity === 'failure')).toEqual([]);
});
