import path from 'node:path';
import type { Address } from '../process/service.ts';
import type { SyslogListener, SyslogTls, SyslogTransport } from './syslog-route.ts';

/** RainerScript: a parameter with its value in quotes. */
function parameters(values: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${name}="${String(value).replaceAll(/["\\]/g, '\\$&')}"`)
    .join(' ');
}
const statement = (kind: string, values: Readonly<Record<string, string | number | undefined>>) =>
  `${kind}(${parameters(values)})`;

/** Records are at most as long as LogMaster keeps them, and nothing in them is changed. */
function globals(folder: string, tls: SyslogTls | undefined): string {
  return statement('global', {
    workDirectory: folder,
    maxMessageSize: '128k',
    'parser.escapeControlCharactersOnReceive': 'off',
    'net.enableDNS': 'off',
    defaultNetstreamDriverCAFile: tls?.caFile,
    defaultNetstreamDriverCertFile: tls?.certificateFile,
    defaultNetstreamDriverKeyFile: tls?.keyFile,
  });
}

const relpTls = (tls: SyslogTls | undefined) =>
  tls && {
    tls: 'on',
    'tls.caCert': tls.caFile,
    'tls.myCert': tls.certificateFile,
    'tls.myPrivKey': tls.keyFile,
    // The chain is checked, the name is not: senders and receivers here are all called 127.0.0.1.
    'tls.authMode': 'certvalid',
  };

const framingOf = (framing: 'octets' | 'lines') => (framing === 'octets' ? 'octet-counted' : 'traditional');

/** Datagrams of a burst leave so far apart, in microseconds: a receiver's buffer takes some hundred. */
const UDP_PAUSE = 200;

function forwarding({ host, port }: Address, transport: SyslogTransport): string {
  // For ever and at once: what a receiver that is away misses is sent when it is back.
  const always = { template: 'asIs', 'action.resumeRetryCount': -1, 'action.resumeInterval': 1 };
  if (transport.protocol === 'relp') {
    const target = { target: host, port, ...always, ...relpTls(transport.tls) };
    return `module(load="omrelp")\n${statement('action', { name: 'out', type: 'omrelp', ...target })}`;
  }
  const target = { name: 'out', type: 'omfwd', target: host, port, ...always };
  if (transport.protocol === 'udp')
    return statement('action', { ...target, protocol: 'udp', 'udp.sendDelay': UDP_PAUSE });
  const stream = { ...target, protocol: 'tcp', TCP_Framing: framingOf(transport.framing) };
  if (transport.protocol === 'tcp') return statement('action', stream);
  const driver = { StreamDriver: 'gtls', StreamDriverMode: 1, StreamDriverAuthMode: 'x509/certvalid' };
  return statement('action', { ...stream, ...driver });
}

/** Sends the lines of `input`; writes its counters to `stats` once a second. */
export function senderConfig(
  folder: string,
  { input, stats, target, transport }: { input: string; stats: string; target: Address; transport: SyslogTransport },
): string {
  return [
    globals(folder, 'tls' in transport ? transport.tls : undefined),
    'module(load="imfile")',
    statement('module', {
      load: 'impstats',
      interval: 1,
      format: 'json',
      'log.file': stats,
      'log.syslog': 'off',
      resetCounters: 'off',
    }),
    'template(name="asIs" type="string" string="%msg%")',
    statement('input', { type: 'imfile', file: input, tag: 'in', persistStateInterval: 1000 }),
    forwarding(target, transport),
    '',
  ].join('\n');
}

function listening({ address: { host, port }, ...listener }: SyslogListener): string {
  const at = { address: host, port };
  if (listener.protocol === 'udp') return `module(load="imudp")\n${statement('input', { type: 'imudp', ...at })}`;
  if (listener.protocol === 'tcp') return `module(load="imptcp")\n${statement('input', { type: 'imptcp', ...at })}`;
  if (listener.protocol === 'relp') {
    return `module(load="imrelp")\n${statement('input', { type: 'imrelp', ...at, maxDataSize: '128k', ...relpTls(listener.tls) })}`;
  }
  const driver = { 'StreamDriver.Name': 'gtls', 'StreamDriver.Mode': 1, 'StreamDriver.AuthMode': 'anon' };
  return `${statement('module', { load: 'imtcp', ...driver })}\n${statement('input', { type: 'imtcp', ...at })}`;
}

/** Writes each record with LF into `file`. */
export function receiverConfig(folder: string, listener: SyslogListener, file: string): string {
  return [
    globals(folder, 'tls' in listener ? listener.tls : undefined),
    listening(listener),
    'template(name="asIs" type="string" string="%rawmsg%\\n")',
    statement('action', { type: 'omfile', file: path.resolve(file), template: 'asIs', ioBufferSize: '64k' }),
    '',
  ].join('\n');
}
