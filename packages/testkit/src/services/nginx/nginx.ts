// The product's own load balancer (infra/nginx) on loopback.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { freePorts } from '../../free-ports.ts';
import type { Keeper } from '../../keeper/keeper.ts';
import { processTree } from '../../processes.ts';
import type { IssuedCertificate } from '../certificates/certificates.ts';
import { askTcp } from '../client/ask-tcp.ts';
import { renderConfig } from '../infra/render-config.ts';
import { processService } from '../process/process-service.ts';
import { runProgram } from '../process/run-program.ts';
import { type Address, LOOPBACK, type Service } from '../process/service.ts';
import { until } from '../process/until.ts';

export interface NginxOptions {
  readonly name?: string;
  readonly host?: string;
  readonly ports?: { readonly https: number; readonly http: number; readonly syslog: number };
  readonly certificate: Pick<IssuedCertificate, 'certificateFile' | 'keyFile'>;
  readonly webNodes: readonly Address[];
  readonly syslogNodes: readonly Address[];
  /** Further variables of infra/nginx/variables.env. */
  readonly values?: Readonly<Record<string, string>>;
}

export interface NginxService extends Service {
  /** `https://127.0.0.1:<port>` */
  readonly url: string;
  /** Only sends browsers on to https. */
  readonly http: Address;
  /** UDP and TCP. */
  readonly syslog: Address;
  /** Access log, error log, log of the senders, log of the firewall. */
  readonly logFolder: string;
  /** Goes on with changed variables; resolves when only workers with the new ones accept. A faulty change changes nothing. */
  reload(changes?: Readonly<Record<string, string>>): Promise<void>;
}

const RELOAD_MS = 60_000;
const list = (nodes: readonly Address[]) => nodes.map(({ host, port }) => `${host}:${port}`).join(' ');

/** Not started yet. */
export async function createNginx(keeper: Keeper, options: NginxOptions): Promise<NginxService> {
  const { host = LOOPBACK, certificate } = options;
  const [https = 0, http = 0, syslog = 0] = options.ports
    ? [options.ports.https, options.ports.http, options.ports.syslog]
    : await freePorts(3);
  const name = options.name ?? `nginx-${https}`;
  const folder = await keeper.makeFolder(name);
  const logFolder = await keeper.makeFolder(path.join(name, 'logs'));
  const stateFolder = await keeper.makeFolder(path.join(name, 'state'));
  const conf = path.join(folder, 'conf');
  const file = path.join(conf, 'nginx.conf');
  const pidFile = path.join(stateFolder, 'nginx.pid');
  const errorLog = path.join(logFolder, 'error.log');
  let values: Readonly<Record<string, string>> = {
    CONF_DIR: conf,
    LOG_DIR: logFolder,
    STATE_DIR: stateFolder,
    PID_FILE: pidFile,
    RUN_AS: '',
    WORKERS: '2',
    WORKER_CONNECTIONS: '1024',
    WORKER_FILES: '',
    LISTEN: host,
    HTTP_PORT: `${http}`,
    HTTPS_PORT: `${https}`,
    SERVER_NAMES: `${host} localhost`,
    TLS_CERTIFICATE: certificate.certificateFile,
    TLS_KEY: certificate.keyFile,
    WEB_NODES: list(options.webNodes),
    SYSLOG_LISTEN: host,
    SYSLOG_PORT: `${syslog}`,
    SYSLOG_NODES: list(options.syslogNodes),
    ...options.values,
  };
  const base = ['-e', errorLog, '-c', file];
  const run = (...args: string[]) =>
    runProgram(keeper, { service: name, command: 'nginx', args: [...base, ...args], folder });

  async function prepare(next: Readonly<Record<string, string>>): Promise<void> {
    await renderConfig({ service: name, part: 'nginx', values: next, out: conf });
    await run('-t', '-q');
  }

  const service = processService({
    keeper,
    name,
    address: { host, port: https },
    component: 'nginx',
    command: 'nginx',
    args: [...base, '-g', 'daemon off;'],
    cwd: folder,
    logFile: errorLog,
    otherPorts: [http, syslog],
    prepare: () => prepare(values),
    async probe() {
      // A name that is not ours: Nginx answers by itself.
      const answer = await askTcp({ host, port: http }, 'GET / HTTP/1.0\r\n\r\n');
      if (!answer.startsWith('HTTP/1.1 421')) throw new Error(`it said ${answer.split('\r\n')[0]}`);
    },
  });

  return {
    ...service,
    url: `https://${host}:${https}`,
    http: { host, port: http },
    syslog: { host, port: syslog },
    logFolder,
    async reload(changes = {}) {
      const next = { ...values, ...changes };
      try {
        await prepare(next);
      } catch (error) {
        await prepare(values);
        throw error;
      }
      values = next;
      const master = Number(await readFile(pidFile, 'utf8'));
      const workers = () => processTree(master).filter(({ parent }) => parent === master);
      const before = new Set(workers().map(({ pid }) => pid));
      await run('-s', 'reload');
      // New workers are forked first; for a moment the old ones accept too. They close their listening sockets in the
      // breath in which they change their title.
      await until(`${name}: workers of the old configuration still accept`, RELOAD_MS, async () => {
        const now = workers();
        return (
          now.some(({ pid }) => !before.has(pid)) &&
          now.every(({ pid, command }) => !before.has(pid) || command.includes('shutting down'))
        );
      });
    },
  };
}
