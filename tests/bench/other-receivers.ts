import { spawn } from 'node:child_process';
import { createReadStream, existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePorts } from '@logmaster/testkit/free-ports';
import { syslogNgEnvironment, syslogNgProgram } from '@logmaster/testkit/services/syslog-ng-program';
import { say } from './ingest-under-test.ts';
import { cpuSeconds, runLoad } from './processes.ts';
import { type BenchResult, reported } from './result.ts';

/** A syslog server that others trust, receiving the same load and writing it to one file: no parse, no index, no hash. */
interface OtherReceiver {
  readonly name: string;
  readonly program: string;
  readonly environment?: NodeJS.ProcessEnv;
  readonly config: (port: number, file: string, folder: string) => string;
  readonly args: (config: string, folder: string) => readonly string[];
}

const RECEIVERS: readonly OtherReceiver[] = [
  {
    name: 'rsyslog',
    program: '/usr/sbin/rsyslogd',
    config: (port, file, folder) => `global(workDirectory="${folder}" maxMessageSize="64k")
module(load="imptcp" threads="2")
template(name="raw" type="string" string="%rawmsg%\\n")
input(type="imptcp" address="127.0.0.1" port="${port}")
action(type="omfile" file="${file}" template="raw" ioBufferSize="64k" flushOnTXEnd="off")
`,
    args: (config, folder) => ['-n', '-f', config, '-i', path.join(folder, 'pid')],
  },
  {
    name: 'syslog-ng',
    program: syslogNgProgram('syslog-ng'),
    environment: syslogNgEnvironment(),
    config: (port, file) => `@version: 3.38
options { stats_freq(0); };
source s { network(ip("127.0.0.1") port(${port}) transport("tcp") flags(no-parse) log-fetch-limit(1000) log-iw-size(100000)); };
destination d { file("${file}" template("$MSG\\n")); };
log { source(s); destination(d); flags(flow-control); };
`,
    args: (config, folder) => [
      ...['-F', '--no-caps', '-f', config, '-R', path.join(folder, 'persist')],
      ...['-c', path.join(folder, 'control'), '-p', path.join(folder, 'pid')],
    ],
  },
];

const START_MILLIS = 15_000;

/** Side by side in the same run; a program that is not installed is left out by name. */
export async function measureOthers(load: {
  rate: number;
  seconds: number;
  lineBytes: number;
}): Promise<readonly BenchResult[]> {
  const results: BenchResult[] = [];
  for (const receiver of RECEIVERS) {
    if (existsSync(receiver.program)) results.push(...(await measure(receiver, load)));
    else say(`${receiver.name} is not installed: left out`);
  }
  return results;
}

async function measure(
  { name, program, environment, config, args }: OtherReceiver,
  load: { rate: number; seconds: number; lineBytes: number },
): Promise<readonly BenchResult[]> {
  say(`${name}, receive only: ${load.rate} records/s for ${load.seconds} s`);
  const folder = await mkdtemp(path.join(tmpdir(), `logmaster-${name}-`));
  const [port = 0] = await freePorts(1);
  const file = path.join(folder, 'records.log');
  const configFile = path.join(folder, 'config');
  await writeFile(configFile, config(port, file, folder));
  const child = spawn(program, args(configFile, folder), {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: environment ?? process.env,
  });
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  try {
    await listening(port);
    const pid = child.pid as number;
    const before = cpuSeconds(pid);
    const sent = await runLoad({ ...load, port, framing: 'tcp-lines' });
    await untilQuiet(file);
    const cpu = ((cpuSeconds(pid) - before) / sent.sent) * 1e6;
    child.kill('SIGTERM');
    await ended;
    const lines = await countLines(file);
    return [
      reported(`${name}, receive to a file only: taken`, sent.sent / sent.seconds, 'records/s'),
      reported(`${name}, the same: CPU`, cpu, 'CPU-s per million records'),
      reported(`${name}, the same: missing in its file`, sent.sent - lines, 'records'),
    ];
  } finally {
    child.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  }
}

async function listening(port: number): Promise<void> {
  const wanted = `0100007F:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  for (const deadline = Date.now() + START_MILLIS; Date.now() < deadline; await delay(50)) {
    if ((await readFile('/proc/net/tcp', 'latin1')).includes(`${wanted} 00000000:0000 0A`)) return;
  }
  throw new Error(`nobody listens on ${port}`);
}

/** Until the file has not grown for a second. */
async function untilQuiet(file: string): Promise<void> {
  for (let size = -1; ; ) {
    const now = (await stat(file)).size;
    if (now === size) return;
    size = now;
    await delay(1000);
  }
}

async function countLines(file: string): Promise<number> {
  let lines = 0;
  for await (const chunk of createReadStream(file)) {
    for (let at = (chunk as Buffer).indexOf(10); at >= 0; at = (chunk as Buffer).indexOf(10, at + 1)) lines++;
  }
  return lines;
}
