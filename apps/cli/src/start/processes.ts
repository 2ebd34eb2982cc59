import path from 'node:path';
import { healthSchema } from '@logmaster/core/api/health';
import type { DataLayout } from '@logmaster/core/config/data-layout';
import { childEnvironment, readEnvironment } from '@logmaster/core/config/environment';
import { transportEnvironment } from '@logmaster/core/config/transport-settings';
import { WEB_KEEP_ALIVE_MS } from '@logmaster/core/config/web-connections';
import { INGEST_MAIN, NEXT_MAIN, ROOT, SAMPLE_MAIN, WEB_FOLDER } from './paths.ts';
import type { ProcessSpec } from './process/supervised.ts';
import { tlsKeyFile } from './tls-certificate.ts';
import type { Wiring } from './wiring.ts';

const READY_MS = 60_000;
/** Ingest writes what it has received, closes nothing early: seconds, more on a slow disk. */
const INGEST_STOP_MS = 30_000;
const WEB_STOP_MS = 10_000;
const SAMPLE_STOP_MS = 5_000;

/** glibc keeps up to eight heaps a core otherwise: some 50 MB over the processes for nothing on small machines. */
const FEW_HEAPS = { MALLOC_ARENA_MAX: '2' };

/** Resolves with the response, or undefined while nobody answers. */
async function ask(url: string): Promise<Response | undefined> {
  return fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
}

/** The certificate the environment names, else the one made at the start. */
function tlsFiles(layout: DataLayout): Record<string, string> {
  if (readEnvironment(transportEnvironment).LOGMASTER_TLS_CERT_FILE !== undefined) return {};
  return { LOGMASTER_TLS_CERT_FILE: layout.tlsCertificate, LOGMASTER_TLS_KEY_FILE: tlsKeyFile(layout) };
}

export function ingestProcess(wiring: Wiring): ProcessSpec {
  const { options, layout } = wiring;
  return {
    name: 'ingest',
    args: [INGEST_MAIN],
    cwd: ROOT,
    env: childEnvironment({
      ...FEW_HEAPS,
      LOGMASTER_DATA_DIR: layout.root,
      LOGMASTER_ROOT: ROOT,
      DATABASE_URL: wiring.databaseUrl,
      LOGMASTER_SYSLOG_HOST: options.syslogHost,
      LOGMASTER_SYSLOG_PORT: String(options.ports.syslog),
      LOGMASTER_SYSLOG_TLS_PORT: String(options.ports.syslogTls),
      LOGMASTER_RELP_PORT: String(options.ports.relp),
      LOGMASTER_BEATS_PORT: String(options.ports.beats),
      LOGMASTER_IDENTITY_PORT: String(wiring.identityPort),
      LOGMASTER_IDENTITY_HOST: '127.0.0.1',
      LOGMASTER_METRICS_HOST: '127.0.0.1',
      ...tlsFiles(layout),
      LOGMASTER_METRICS_PORT: String(options.ports.metrics),
      ...(options.segmentSeconds ? { LOGMASTER_SEGMENT_SECONDS: String(options.segmentSeconds) } : {}),
    }),
    logFile: path.join(layout.logs, 'ingest.log'),
    async isReady() {
      const response = await ask(`${wiring.ingestUrl}/health`);
      if (!response) return false;
      const health = healthSchema.safeParse(await response.json().catch(() => undefined));
      return health.success && health.data.state !== 'down';
    },
    readyTimeoutMs: READY_MS,
    stopTimeoutMs: INGEST_STOP_MS,
  };
}

export function webProcess(wiring: Wiring): ProcessSpec {
  const { options, layout } = wiring;
  const port = String(options.ports.web);
  const loopback = ['0.0.0.0', '::'].includes(options.host) ? '127.0.0.1' : options.host;
  return {
    name: 'web',
    args: [
      NEXT_MAIN,
      'start',
      '--port',
      port,
      '--hostname',
      options.host,
      '--keepAliveTimeout',
      `${WEB_KEEP_ALIVE_MS}`,
    ],
    cwd: WEB_FOLDER,
    env: childEnvironment({
      ...FEW_HEAPS,
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      PORT: port,
      HOSTNAME: options.host,
      LOGMASTER_DATA_DIR: layout.root,
      LOGMASTER_ROOT: ROOT,
      DATABASE_URL: wiring.databaseUrl,
      NEXTAUTH_URL: wiring.webUrl,
      NEXTAUTH_SECRET: wiring.webSecret,
      LOGMASTER_INGEST_URL: wiring.ingestUrl,
      LOGMASTER_INGEST_IDENTITY: `127.0.0.1:${wiring.identityPort}`,
      LOGMASTER_SYSLOG_PORT: String(options.ports.syslog),
    }),
    logFile: path.join(layout.logs, 'web.log'),
    async isReady() {
      const host = loopback.includes(':') ? `[${loopback}]` : loopback;
      const response = await ask(`http://${host}:${port}/sign-in`);
      await response?.body?.cancel();
      return response?.status === 200;
    },
    readyTimeoutMs: READY_MS,
    stopTimeoutMs: WEB_STOP_MS,
  };
}

export function sampleProcess(wiring: Wiring): ProcessSpec {
  const { options, layout } = wiring;
  const host = ['0.0.0.0', '::'].includes(options.syslogHost) ? '127.0.0.1' : options.syslogHost;
  return {
    name: 'sample traffic',
    args: [SAMPLE_MAIN, '--host', host, '--port', String(options.ports.syslog), '--rate', String(options.sampleRate)],
    cwd: ROOT,
    env: childEnvironment({}),
    logFile: path.join(layout.logs, 'sample.log'),
    isReady: async () => true,
    readyTimeoutMs: READY_MS,
    stopTimeoutMs: SAMPLE_STOP_MS,
  };
}
