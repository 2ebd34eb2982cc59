import { AppError } from '@logmaster/core/errors';
import type { CollectorOptions } from '@logmaster/pipeline/collector/collector-options';
import { parseRadiusClients } from '@logmaster/pipeline/collector/datagrams/radius-clients';
import { parseAddressRanges } from '@logmaster/pipeline/collector/stream/address-ranges';
import type { TlsOptions } from '@logmaster/pipeline/collector/stream/tls-door';
import type { Settings } from './settings.ts';

type Values = Settings['values'];

/** Which ports are opened beside plain syslog, and for whom. Throws CONFIG_INVALID where settings contradict. */
export function transportsOf(values: Values): Partial<CollectorOptions> {
  const tlsPort = values.LOGMASTER_SYSLOG_TLS_PORT;
  return {
    ...(tlsPort === undefined ? {} : { syslogTls: { port: tlsPort, ...tlsOf(values, 'LOGMASTER_SYSLOG_TLS_PORT') } }),
    ...(values.LOGMASTER_RELP_PORT === undefined ? {} : { relp: { port: values.LOGMASTER_RELP_PORT } }),
    ...beatsOf(values),
    ...identityOf(values),
    ...radiusOf(values),
    ...proxiesOf(values.LOGMASTER_PROXY_PROTOCOL_FROM),
    ...(values.LOGMASTER_SOURCE_RATE === undefined ? {} : { sourceRate: values.LOGMASTER_SOURCE_RATE }),
    limits: { total: values.LOGMASTER_MAX_CONNECTIONS, perAddress: values.LOGMASTER_MAX_CONNECTIONS_PER_ADDRESS },
  };
}

function proxiesOf(text: string | undefined): Pick<CollectorOptions, 'proxies'> {
  return text === undefined ? {} : { proxies: parseAddressRanges(text, 'LOGMASTER_PROXY_PROTOCOL_FROM') };
}

function radiusOf(values: Values): Pick<CollectorOptions, 'radius'> {
  const { LOGMASTER_RADIUS_PORT: port, LOGMASTER_RADIUS_CLIENTS: clients } = values;
  if (clients === undefined) return {};
  return { radius: { port, clients: parseRadiusClients(clients, 'LOGMASTER_RADIUS_CLIENTS') } };
}

function identityOf(values: Values): Pick<CollectorOptions, 'identity'> {
  const { LOGMASTER_IDENTITY_PORT: port, LOGMASTER_IDENTITY_HOST: host, LOGMASTER_IDENTITY_FROM: from } = values;
  if (port === undefined) return {};
  return { identity: { host, port, proxies: parseAddressRanges(from, 'LOGMASTER_IDENTITY_FROM') } };
}

function beatsOf(values: Values): Pick<CollectorOptions, 'beats'> {
  const { LOGMASTER_BEATS_PORT: port, LOGMASTER_BEATS_TLS: tls } = values;
  if (port === undefined) return {};
  return { beats: { port, ...(tls ? { tls: tlsOf(values, 'LOGMASTER_BEATS_TLS') } : {}) } };
}

function tlsOf(values: Values, asker: string): TlsOptions {
  const {
    LOGMASTER_TLS_CERT_FILE: certificate,
    LOGMASTER_TLS_KEY_FILE: key,
    LOGMASTER_TLS_CLIENT_CA_FILE: clientAuthorities,
    LOGMASTER_TLS_CLIENT_CERTIFICATES: clientCertificates,
  } = values;
  if (certificate === undefined || key === undefined)
    throw new AppError('CONFIG_INVALID', {
      detail: `${asker} needs LOGMASTER_TLS_CERT_FILE and LOGMASTER_TLS_KEY_FILE`,
    });
  if (clientCertificates !== 'none' && clientAuthorities === undefined)
    throw new AppError('CONFIG_INVALID', {
      detail: 'LOGMASTER_TLS_CLIENT_CERTIFICATES needs LOGMASTER_TLS_CLIENT_CA_FILE, the authorities to believe',
    });
  return { files: { certificate, key, ...(clientAuthorities ? { clientAuthorities } : {}) }, clientCertificates };
}
