import { rm } from 'node:fs/promises';
import { connect } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { freePorts } from '../../free-ports.ts';
import type { Keeper } from '../../keeper/keeper.ts';
import { askTcp } from '../client/ask-tcp.ts';
import { processService } from '../process/process-service.ts';
import { runProgram } from '../process/run-program.ts';
import { writeServerFile } from '../process/server-file.ts';
import { type Address, LOOPBACK, type Service } from '../process/service.ts';
import { until } from '../process/until.ts';
import { appendRecords, readRecords, untilRecords } from './record-files.ts';
import { receiverConfig, type SyslogNgTransport, senderConfig } from './syslog-ng-config.ts';
import { syslogNgEnvironment, syslogNgProgram } from './syslog-ng-program.ts';
import type { SyslogListener, SyslogReceiver, SyslogSender, SyslogTls } from './syslog-route.ts';

const SENT_MS = 60_000;
const RECEIVED_MS = 60_000;
const ASK_MS = 5_000;

interface Program {
  readonly name: string;
  readonly folder: string;
  readonly config: string;
  readonly address: Address;
  readonly listens: boolean;
  readonly probe?: () => Promise<void>;
}

interface SyslogNg extends Service {
  /** Records that left its queue since the process was started. */
  sent(): Promise<number>;
}

async function syslogNg(keeper: Keeper, program: Program): Promise<SyslogNg> {
  const { name, folder, address, listens } = program;
  const file = path.join(folder, 'syslog-ng.conf');
  const control = path.join(folder, 'ctl');
  const command = syslogNgProgram('syslog-ng');
  const env = syslogNgEnvironment();
  const args = ['-f', file, '-R', path.join(folder, 'persist')];
  await writeServerFile(file, program.config);

  /** A table, ended by a line with a dot. */
  async function stats(): Promise<string> {
    const socket = connect(control);
    socket.setTimeout(ASK_MS, () => socket.destroy(new Error('no answer on the control socket')));
    socket.end('STATS\n');
    return text(socket);
  }
  const service = processService({
    keeper,
    name,
    address,
    component: 'syslog-ng',
    command,
    args: [...args, '-F', '-p', path.join(folder, 'pid'), '-c', control, '--no-caps', '--stderr'],
    env,
    cwd: folder,
    checkPort: listens,
    async prepare() {
      await rm(control, { force: true });
      await runProgram(keeper, { service: name, command, args: [...args, '-s'], env, folder });
    },
    async probe() {
      if (!(await stats()).includes('center;')) throw new Error('it has no counters yet');
      await program.probe?.();
    },
  });
  return {
    ...service,
    async sent() {
      // dst.network;d_out#0;tcp,127.0.0.1:5514;a;queued;3
      const lines = (await stats()).split('\n').map((line) => line.split(';'));
      const value = (wanted: string) =>
        Number(lines.find(([kind, , , , counter]) => kind === 'dst.network' && counter === wanted)?.[5] ?? 0);
      // Not `written`: that counts a record again when its connection broke.
      return value('processed') - value('queued');
    },
  };
}

export interface SyslogNgSenderOptions {
  readonly name?: string;
  readonly target: Address;
  readonly transport: SyslogNgTransport;
}

/** syslog-ng as a sender of records as they are. Not started yet. */
export async function createSyslogNgSender(keeper: Keeper, options: SyslogNgSenderOptions): Promise<SyslogSender> {
  const { target, transport } = options;
  const name = options.name ?? `syslog-ng-to-${transport.protocol}-${target.port}`;
  const folder = await keeper.makeFolder(name);
  const input = path.join(folder, 'input');
  await writeServerFile(input, '');
  const config = senderConfig(input, target, transport);
  const service = await syslogNg(keeper, { name, folder, config, address: target, listens: false });
  let queued = 0;
  /** Of these it is certain; `before` of them were sent by earlier processes, whose counters are gone. */
  let confirmed = 0;
  let before = 0;
  return {
    ...service,
    async start() {
      if (!service.running()) before = confirmed;
      await service.start();
    },
    async send(records) {
      queued += await appendRecords(input, records);
    },
    async untilSent(ms = SENT_MS) {
      await until(`${name} did not send ${queued} records`, ms, async () => {
        const sent = before + (await service.sent());
        return sent >= queued || `${sent} so far; ${await service.logs(3)}`;
      });
      confirmed = queued;
    },
  };
}

export interface SyslogNgReceiverOptions {
  readonly name?: string;
  readonly port?: number;
  readonly protocol: 'udp' | 'tcp' | 'tls';
  /** For `tls`. */
  readonly tls?: Required<SyslogTls>;
}

/** syslog-ng as a yardstick: what it receives as lines or datagrams goes to a file. Not started yet. */
export async function createSyslogNgReceiver(
  keeper: Keeper,
  options: SyslogNgReceiverOptions,
): Promise<SyslogReceiver> {
  const { protocol, tls } = options;
  const [port = 0] = options.port === undefined ? await freePorts(1) : [options.port];
  const name = options.name ?? `syslog-ng-${protocol}-${port}`;
  const folder = await keeper.makeFolder(name);
  const file = path.join(folder, 'received');
  const address = { host: LOOPBACK, port };
  const listener = { address, protocol, tls } as Exclude<SyslogListener, { protocol: 'relp' }>;
  const probe = async () => {
    if (protocol !== 'udp') await askTcp(address, '');
  };
  const config = receiverConfig(listener, file);
  const service = await syslogNg(keeper, { name, folder, config, address, listens: true, probe });
  return {
    ...service,
    file,
    received: () => readRecords(file),
    untilReceived: (count, ms = RECEIVED_MS) => untilRecords(name, file, count, ms),
  };
}
