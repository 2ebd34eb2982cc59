import type { ChildProcess } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { type Lifecycle, sequence } from '@logmaster/core/lifecycle';
import { type Command, type Io, printLine } from '../command.ts';
import { EXIT } from '../exit.ts';
import { layoutFor } from '../installation.ts';
import { printable } from '../printable.ts';
import { type Composition, compose } from '../start/compose.ts';
import { dataLock } from '../start/data-lock.ts';
import { parseStartOptions } from '../start/options.ts';
import { checkPorts } from '../start/ports.ts';
import { PREPARATION } from '../start/preparation.ts';
import { ensureFolders } from '../start/secrets.ts';
import { stopSignal, untilStopped } from '../start/shutdown.ts';

const HELP = `
Runs LogMaster on this machine: PostgreSQL, ingest and web, until Ctrl-C.

  --data DIR          data folder (default ./data)
  --port N            web (default 3000)            --host H         where it listens (default 127.0.0.1)
  --syslog-port N     syslog UDP and TCP (5514)     --syslog-host H  where it listens (default 0.0.0.0)
  --syslog-tls-port N syslog over TLS (6514)
  --relp-port N       RELP, as rsyslog's omrelp sends it (2514)
  --beats-port N      Beats, as Filebeat sends it to Logstash (5044)
  --metrics-port N    ingest health, loopback (9600)
  --postgres-port N   PostgreSQL, loopback (5543)
  --port-base N       adds N to every port, so that several installations run side by side
  --url URL           address people reach the web at, when it is behind a proxy
  --sample            sends sample traffic of four devices through the real syslog ports; segments close every minute
  --sample-rate N     records a second in working hours (default 20)
  --segment-seconds N how long a segment stays open before it is sealed (default 3600, with --sample 60)
`;

/** Tells what starts and stops, and starts nothing more once LogMaster is asked to stop. */
function announced(part: Lifecycle, signal: AbortSignal, say: (text: string) => void): Lifecycle {
  return {
    name: part.name,
    async start() {
      signal.throwIfAborted();
      const began = performance.now();
      await part.start();
      say(`  ${part.name} ready (${((performance.now() - began) / 1000).toFixed(1)} s)`);
    },
    async stop() {
      await part.stop();
      if (part.name !== PREPARATION) say(`  ${part.name} stopped`);
    },
  };
}

/** The end of the start-up: everything runs, and the person is told how to use it. */
function readyLine(composition: Composition, io: Io): Lifecycle {
  return {
    name: 'ready line',
    start: async () => printReady(composition, io),
    stop: async () => undefined,
  };
}

function printReady({ wiring, prepared }: Composition, io: Io): void {
  const { options, layout } = wiring;
  const { password, signer, tlsCertificate } = prepared() ?? {};
  const lines = [
    '',
    `  Web       ${wiring.webUrl}`,
    `  Syslog    UDP and TCP port ${options.ports.syslog} on ${options.syslogHost}`,
    `            TLS port ${options.ports.syslogTls}, certificate SHA-256 ${tlsCertificate ?? 'unknown'}`,
    `  RELP      port ${options.ports.relp} on ${options.syslogHost}`,
    `  Beats     port ${options.ports.beats} on ${options.syslogHost}`,
    `  Data      ${layout.root}`,
    `  Signer    SHA-256 ${signer ?? 'unknown'}`,
  ];
  if (password) {
    lines.push('', '  Sign in as   admin', `  Password     ${password}`);
    lines.push('  It works once and must be changed then. It is shown only now;');
  } else {
    lines.push('', '  Sign in as admin with your password.');
  }
  lines.push('  if it gets lost: npx logmaster user reset-password admin', '');
  for (const line of lines) printLine(io.out, printable(line));
  printLine(io.out, `LogMaster is ready at ${wiring.webUrl}`);
}

/** The first admin was made, but the start failed before the password could be shown where people look for it. */
function tellUnseenPassword({ prepared }: Composition, say: (text: string) => void): void {
  const password = prepared()?.password;
  if (password) say(`The first admin was made in this start. Sign in as admin, password ${password}`);
}

export const start: Command = {
  usage: ['start [--data DIR] [--port N] [--port-base N] [--host H] [--sample] …'],
  help: HELP,
  async run(args, io) {
    const options = parseStartOptions(args);
    const say = (text: string) => printLine(io.err, printable(text));
    const children = new Set<ChildProcess>();
    const signal = stopSignal(children, say);
    const layout = layoutFor(options.data);
    await mkdir(layout.run, { recursive: true });
    const lock = dataLock(layout);
    await lock.start();
    try {
      await ensureFolders(layout);
      await checkPorts(options);
      say('Starting LogMaster …');
      const composition = await compose(options, layout, { say, signal, children });
      const tell = (part: Lifecycle) => announced(part, signal, say);
      const { services, sample, announcement } = composition;
      const system = sequence('LogMaster', [
        ...services.map(tell),
        announcement,
        readyLine(composition, io),
        ...(sample ? [tell(sample)] : []),
      ]);
      const started = await system.start().then(
        () => true,
        (error: unknown) => {
          tellUnseenPassword(composition, say);
          // A start that was broken off has stopped what it had started; anything else is a failure.
          if (signal.aborted && signal.reason === error) return false;
          throw error;
        },
      );
      if (started) {
        await untilStopped(signal);
        await system.stop();
      }
      say('LogMaster has stopped; everything it received is stored.');
      return EXIT.done;
    } finally {
      await lock.stop();
    }
  },
};
