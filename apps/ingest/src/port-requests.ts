import type { SocketName } from '@logmaster/pipeline/collector/collector-options';
import type { BindRequest } from './bound-sockets.ts';
import type { Settings } from './settings.ts';

/** The log ports that the settings ask for. */
export function portRequests({ values }: Settings): ReadonlyMap<SocketName, BindRequest> {
  const host = values.LOGMASTER_SYSLOG_HOST;
  const all: [SocketName, Omit<BindRequest, 'host' | 'port'>, number | undefined, host?: string][] = [
    ['syslogUdp', { protocol: 'udp', what: 'syslog UDP', option: '--syslog-port' }, values.LOGMASTER_SYSLOG_PORT],
    ['syslogTcp', { protocol: 'tcp', what: 'syslog TCP', option: '--syslog-port' }, values.LOGMASTER_SYSLOG_PORT],
    [
      'syslogTls',
      { protocol: 'tcp', what: 'syslog TLS', option: '--syslog-tls-port' },
      values.LOGMASTER_SYSLOG_TLS_PORT,
    ],
    ['relp', { protocol: 'tcp', what: 'RELP', option: '--relp-port' }, values.LOGMASTER_RELP_PORT],
    ['beats', { protocol: 'tcp', what: 'Beats', option: '--beats-port' }, values.LOGMASTER_BEATS_PORT],
    [
      'radius',
      { protocol: 'udp', what: 'RADIUS accounting', option: 'LOGMASTER_RADIUS_PORT' },
      values.LOGMASTER_RADIUS_CLIENTS === undefined ? undefined : values.LOGMASTER_RADIUS_PORT,
    ],
    [
      'identity',
      { protocol: 'tcp', what: 'identity events', option: 'LOGMASTER_IDENTITY_PORT' },
      values.LOGMASTER_IDENTITY_PORT,
      values.LOGMASTER_IDENTITY_HOST,
    ],
  ];
  const requests = new Map<SocketName, BindRequest>();
  for (const [name, request, port, own = host] of all)
    if (port !== undefined) requests.set(name, { ...request, host: own, port });
  return requests;
}
