import type { Events } from '@logmaster/telemetry/events';
import type { ConnectionCounter } from '../limits/connection-limits.ts';
import type { Receiver } from '../receiver.ts';
import { beatsSession } from '../sessions/beats-session.ts';
import { relpSession } from '../sessions/relp-session.ts';
import { syslogSession } from '../sessions/syslog-session.ts';
import type { AddressRanges } from './address-ranges.ts';
import type { Endpoint } from './listener.ts';
import { StreamServer } from './stream-server.ts';
import type { StreamTimeouts } from './stream-timeouts.ts';
import type { TlsDoor, TlsOptions } from './tls-door.ts';

/** What a collector is asked to open beside UDP. */
export interface StreamPorts {
  readonly syslogPort: number;
  readonly syslogTls?: TlsOptions & { readonly port: number };
  readonly relp?: { readonly port: number };
  readonly beats?: { readonly port: number; readonly tls?: TlsOptions };
  readonly identity?: { readonly host: string; readonly port: number; readonly proxies: AddressRanges };
  readonly proxies?: AddressRanges;
  readonly timeouts?: Partial<StreamTimeouts>;
  readonly events: Events;
}

interface StreamParts {
  readonly receiver: Receiver;
  readonly counter: ConnectionCounter;
  readonly endpoint: (
    name: 'syslogTcp' | 'syslogTls' | 'relp' | 'beats' | 'identity',
    port: number,
    host?: string,
  ) => Endpoint;
  readonly door: (tls: TlsOptions) => TlsDoor;
}

/**
 * A device that has nothing to say is no fault: syslog has no way to send again what a closed connection lost, so these
 * are long. A record that has begun and does not end is one.
 */
const SYSLOG_TIMEOUTS: StreamTimeouts = { firstByteMs: 10 * 60_000, idleMs: 24 * 3_600_000, stallMs: 5 * 60_000 };

/** Whoever gets acknowledgements sends again what a closed connection had not acknowledged. */
const ACKNOWLEDGED_TIMEOUTS: StreamTimeouts = { firstByteMs: 60_000, idleMs: 3_600_000, stallMs: 60_000 };

/** A server for each port that takes connections. */
export function streamServers(ports: StreamPorts, { receiver, counter, endpoint, door }: StreamParts): StreamServer[] {
  const { syslogPort, syslogTls, relp, beats, identity, proxies, events } = ports;
  const common = { receiver, events, counter, proxies };
  const syslog = { ...common, session: syslogSession, timeouts: { ...SYSLOG_TIMEOUTS, ...ports.timeouts } };
  const acknowledged = { ...common, timeouts: { ...ACKNOWLEDGED_TIMEOUTS, ...ports.timeouts } };
  const servers = [
    new StreamServer({
      ...{ what: 'syslog TCP', transport: 'tcp', option: '--syslog-port' },
      endpoint: endpoint('syslogTcp', syslogPort),
      ...syslog,
    }),
  ];
  if (syslogTls !== undefined) {
    servers.push(
      new StreamServer({
        ...{ what: 'syslog TLS', transport: 'tls', option: '--syslog-tls-port' },
        endpoint: endpoint('syslogTls', syslogTls.port),
        tls: door(syslogTls),
        ...syslog,
      }),
    );
  }
  if (relp !== undefined) {
    servers.push(
      new StreamServer({
        ...{ what: 'RELP', transport: 'relp', option: '--relp-port', session: relpSession },
        endpoint: endpoint('relp', relp.port),
        ...acknowledged,
      }),
    );
  }
  if (beats !== undefined) {
    servers.push(
      new StreamServer({
        ...{ what: 'Beats', transport: 'beats', option: '--beats-port', session: beatsSession },
        endpoint: endpoint('beats', beats.port),
        ...(beats.tls === undefined ? {} : { tls: door(beats.tls) }),
        ...acknowledged,
      }),
    );
  }
  if (identity !== undefined) {
    servers.push(
      new StreamServer({
        ...{ what: 'identity events', transport: 'internal', option: 'LOGMASTER_IDENTITY_PORT', session: relpSession },
        endpoint: endpoint('identity', identity.port, identity.host),
        ...{ ...acknowledged, proxies: identity.proxies },
      }),
    );
  }
  return servers;
}
