import path from 'node:path';
import { healthSchema } from '@logmaster/core/api/health';
import { WEB_KEEP_ALIVE_MS } from '@logmaster/core/config/web-connections';
import type { Keeper } from '../keeper/keeper.ts';
import { processService } from '../services/process/process-service.ts';
import { LOOPBACK, type Service } from '../services/process/service.ts';
import { ROOT } from '../stack.ts';

/** LogMaster's own programs as parts of the cluster: the same files, configured by the same variables, as anywhere. */

const INGEST_MAIN = path.join(ROOT, 'apps', 'ingest', 'src', 'main.ts');
const NEXT_MAIN = path.join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next');
const WEB_FOLDER = path.join(ROOT, 'apps', 'web');
const READY_MS = 120_000;
/** Ingest writes what it has received. */
const STOP_MS = 30_000;
const ASK_MS = 5_000;

export interface NodeOptions {
  readonly name: string;
  readonly port: number;
  /** Everything the program reads from its environment. */
  readonly environment: Readonly<Record<string, string>>;
}

/** What every Node program of ours gets, whoever starts it. */
function nodeEnvironment(environment: Readonly<Record<string, string>>): Record<string, string> {
  const cache = process.env.NODE_COMPILE_CACHE;
  return {
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    MALLOC_ARENA_MAX: '2',
    LOGMASTER_ROOT: ROOT,
    ...(cache ? { NODE_COMPILE_CACHE: cache } : {}),
    ...environment,
  };
}

async function ask(url: string): Promise<Response> {
  return fetch(url, { signal: AbortSignal.timeout(ASK_MS), redirect: 'manual' });
}

/** A web node. Well when it says that it can serve (`/api/v1/ready`). */
export async function createWebNode(keeper: Keeper, { name, port, environment }: NodeOptions): Promise<Service> {
  const folder = await keeper.makeFolder(name, { asRoot: true });
  return processService({
    keeper,
    name,
    address: { host: LOOPBACK, port },
    command: process.execPath,
    args: [
      '--max-semi-space-size=4',
      NEXT_MAIN,
      'start',
      WEB_FOLDER,
      '--port',
      `${port}`,
      '--hostname',
      LOOPBACK,
      '--keepAliveTimeout',
      `${WEB_KEEP_ALIVE_MS}`,
    ],
    cwd: folder,
    env: nodeEnvironment({ ...environment, LOGMASTER_WEB_NODE: name, PORT: `${port}`, HOSTNAME: LOOPBACK }),
    // Our own programs run as whoever started the cluster: they read the checkout.
    asRoot: true,
    component: 'chromium',
    readyMs: READY_MS,
    async probe() {
      const response = await ask(`http://${LOOPBACK}:${port}/api/v1/ready`);
      const text = await response.text();
      if (response.status !== 200) throw new Error(`it answers ${response.status}: ${text.slice(0, 300)}`);
    },
  });
}

/** The ingest node: collector and processor. Well when none of its parts is down. */
export async function createIngestNode(
  keeper: Keeper,
  { name, port, environment, syslogPort }: NodeOptions & { readonly syslogPort: number },
): Promise<Service> {
  const folder = await keeper.makeFolder(name, { asRoot: true });
  return processService({
    keeper,
    name,
    address: { host: LOOPBACK, port },
    otherPorts: [syslogPort],
    command: process.execPath,
    args: [INGEST_MAIN],
    cwd: folder,
    env: nodeEnvironment({
      ...environment,
      LOGMASTER_SYSLOG_HOST: LOOPBACK,
      LOGMASTER_SYSLOG_PORT: `${syslogPort}`,
      LOGMASTER_METRICS_HOST: LOOPBACK,
      LOGMASTER_METRICS_PORT: `${port}`,
    }),
    asRoot: true,
    component: 'openssl',
    readyMs: READY_MS,
    stopMs: STOP_MS,
    async probe() {
      const response = await ask(`http://${LOOPBACK}:${port}/health`);
      const { parts } = healthSchema.parse(await response.json());
      const down = parts.filter(({ state }) => state === 'down');
      if (down.length > 0) throw new Error(down.map((part) => `${part.name}: ${part.reason}`).join('; '));
    },
  });
}
