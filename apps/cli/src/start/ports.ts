import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { AppError } from '@logmaster/core/errors';
import { PORT_OPTIONS, type StartOptions } from './options.ts';

interface Wanted {
  readonly what: string;
  readonly option: string;
  readonly host: string;
  readonly port: number;
  readonly protocol: 'tcp' | 'udp';
}

function wantedPorts({ host, syslogHost, ports }: StartOptions): readonly Wanted[] {
  const loopback = '127.0.0.1';
  return [
    { what: 'web', option: PORT_OPTIONS.web, host, port: ports.web, protocol: 'tcp' },
    { what: 'syslog TCP', option: PORT_OPTIONS.syslog, host: syslogHost, port: ports.syslog, protocol: 'tcp' },
    { what: 'syslog UDP', option: PORT_OPTIONS.syslog, host: syslogHost, port: ports.syslog, protocol: 'udp' },
    {
      ...{ what: 'syslog TLS', option: PORT_OPTIONS.syslogTls, host: syslogHost },
      ...{ port: ports.syslogTls, protocol: 'tcp' },
    },
    { what: 'RELP', option: PORT_OPTIONS.relp, host: syslogHost, port: ports.relp, protocol: 'tcp' },
    { what: 'Beats', option: PORT_OPTIONS.beats, host: syslogHost, port: ports.beats, protocol: 'tcp' },
    { what: 'ingest health', option: PORT_OPTIONS.metrics, host: loopback, port: ports.metrics, protocol: 'tcp' },
    { what: 'PostgreSQL', option: PORT_OPTIONS.postgres, host: loopback, port: ports.postgres, protocol: 'tcp' },
  ];
}

/** Undefined when the port can be had, else the system's word for why not. */
function obstacle({ host, port, protocol }: Wanted): Promise<string | undefined> {
  return new Promise((resolve) => {
    const refuse = (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message);
    if (protocol === 'udp') {
      const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
      socket.once('error', (error) => {
        socket.close();
        refuse(error);
      });
      socket.bind(port, host, () => socket.close(() => resolve(undefined)));
    } else {
      const server = createServer().once('error', refuse);
      server.listen(port, host, () => server.close(() => resolve(undefined)));
    }
  });
}

const REASONS: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is used by another program',
  EACCES: 'needs rights that this user has not (ports below 1024)',
  EADDRNOTAVAIL: 'can not be opened on that address: this machine does not have it',
};

/**
 * Tries every port before anything starts, so that all obstacles are told at once and by the option that avoids them.
 * Throws PORT_TAKEN. Somebody else may still take a port in between: then the part that needs it says so itself.
 */
export async function checkPorts(options: StartOptions): Promise<void> {
  const lines: string[] = [];
  for (const wanted of wantedPorts(options)) {
    const code = await obstacle(wanted);
    if (code === undefined) continue;
    const reason = REASONS[code] ?? `can not be opened (${code})`;
    lines.push(
      `${wanted.what} port ${wanted.port} on ${wanted.host} ${reason}: choose another with ${wanted.option} N`,
    );
  }
  if (lines.length === 0) return;
  lines.push('(--port-base N moves all ports by N)');
  throw new AppError('PORT_TAKEN', { detail: `\n  ${lines.join('\n  ')}` });
}
