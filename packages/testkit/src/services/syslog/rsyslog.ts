import path from 'node:path';
import { freePorts } from '../../free-ports.ts';
import type { Keeper } from '../../keeper/keeper.ts';
import { askTcp } from '../client/ask-tcp.ts';
import { writeServerFile } from '../process/server-file.ts';
import { type Address, LOOPBACK } from '../process/service.ts';
import { tailOf } from '../process/tail.ts';
import { until } from '../process/until.ts';
import { appendRecords, readRecords, untilRecords } from './record-files.ts';
import { receiverConfig, senderConfig } from './rsyslog-config.ts';
import { rsyslogd } from './rsyslogd.ts';
import type { SyslogListener, SyslogReceiver, SyslogSender, SyslogTls, SyslogTransport } from './syslog-route.ts';

const SENT_MS = 60_000;
const RECEIVED_MS = 60_000;
/** Of the counters' file: a second's worth of lines is some fifteen. */
const STATS_LINES = 60;

export interface RsyslogSenderOptions {
  readonly name?: string;
  readonly target: Address;
  readonly transport: SyslogTransport;
}

/** rsyslog as a sender of records as they are. Not started yet. */
export async function createRsyslogSender(keeper: Keeper, options: RsyslogSenderOptions): Promise<SyslogSender> {
  const { target, transport } = options;
  const name = options.name ?? `rsyslog-to-${transport.protocol}-${target.port}`;
  const folder = await keeper.makeFolder(name);
  const input = path.join(folder, 'input');
  const stats = path.join(folder, 'stats.json');
  await writeServerFile(input, '');
  const config = senderConfig(folder, { input, stats, target, transport });
  const service = await rsyslogd(keeper, { name, folder, config, address: target, listens: false, stale: [stats] });
  let queued = 0;
  /** Of these it is certain; `before` of them were sent by earlier processes, whose counters are gone. */
  let confirmed = 0;
  let before = 0;

  /** Of its newest counters: how many records the action took, and whether it is stuck with one. */
  async function sent(): Promise<{ processed: number; stuck: boolean }> {
    const lines = (await tailOf(stats, STATS_LINES)).split('\n').filter((line) => line.endsWith('}'));
    // `Wed Nov 25 21:04:59 2026: { "name": "out", … }`
    const counters = lines.map((line) => JSON.parse(line.slice(line.indexOf('{'))) as Record<string, number | string>);
    const action = counters.findLast((counter) => counter.name === 'out');
    const queue = counters.findLast((counter) => counter.name === 'main Q');
    const stuck = Number(action?.suspended ?? 0) > Number(action?.resumed ?? 0) || Number(queue?.size ?? 0) > 0;
    return { processed: Number(action?.processed ?? 0), stuck };
  }
  return {
    ...service,
    async send(records) {
      queued += await appendRecords(input, records);
    },
    async start() {
      if (!service.running()) before = confirmed;
      await service.start();
    },
    async untilSent(ms = SENT_MS) {
      await until(`${name} did not send ${queued} records`, ms, async () => {
        const { processed, stuck } = await sent();
        return (before + processed >= queued && !stuck) || `${before + processed} so far; ${await service.logs(3)}`;
      });
      confirmed = queued;
    },
  };
}

export interface RsyslogReceiverOptions {
  readonly name?: string;
  readonly port?: number;
  readonly protocol: SyslogListener['protocol'];
  /** For `tls`, and for `relp` where wanted. */
  readonly tls?: Required<SyslogTls>;
}

/** rsyslog as a yardstick: what it receives goes to a file and nothing else is done. Not started yet. */
export async function createRsyslogReceiver(keeper: Keeper, options: RsyslogReceiverOptions): Promise<SyslogReceiver> {
  const { protocol, tls } = options;
  const [port = 0] = options.port === undefined ? await freePorts(1) : [options.port];
  const name = options.name ?? `rsyslog-${protocol}-${port}`;
  const folder = await keeper.makeFolder(name);
  const file = path.join(folder, 'received');
  const address = { host: LOOPBACK, port };
  const config = receiverConfig(folder, { address, protocol, tls } as SyslogListener, file);
  const probe = async () => {
    if (protocol !== 'udp') await askTcp(address, '');
  };
  const service = await rsyslogd(keeper, { name, folder, config, address, listens: true, probe });
  return {
    ...service,
    file,
    received: () => readRecords(file),
    untilReceived: (count, ms = RECEIVED_MS) => untilRecords(name, file, count, ms),
  };
}
