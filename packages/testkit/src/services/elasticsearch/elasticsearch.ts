import { chown, cp, mkdir, readdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { freePorts } from '../../free-ports.ts';
import { serviceAccount } from '../../keeper/account.ts';
import type { Keeper } from '../../keeper/keeper.ts';
import { servicesCacheFolder } from '../../setup/cache-folder.ts';
import { ELASTICSEARCH_FOLDER } from '../../setup/catalogue.ts';
import { processService } from '../process/process-service.ts';
import { type Address, LOOPBACK, type Service } from '../process/service.ts';
import { ServiceError } from '../process/service-error.ts';
import { type ElasticsearchSecurity, SECURITY_SETTINGS, securedAsk, writeSecurity } from './elasticsearch-security.ts';

/**
 * A server that lives a minute: it spends less than half of the processor's time on its start with the first compiler
 * alone, without the verifier (the files are the vendor's), and with the collector that needs no threads. 512 MiB are
 * enough for tests; three of them and the tests themselves fit into 8 GiB.
 */
const QUICK_START = ['-XX:TieredStopAtLevel=1', '-XX:+UnlockDiagnosticVMOptions', '-XX:-BytecodeVerificationRemote'];
const JVM_OPTIONS = [
  ...['-Xms512m', '-Xmx512m', '-XX:-AlwaysPreTouch'],
  ...['-XX:-UseG1GC', '-XX:+UseSerialGC', ...QUICK_START],
];
/** Of the JVM that starts the server, and of its tools. */
const TOOL_JVM_OPTIONS = ['-Xms4m', '-Xmx64m', '-XX:+UseSerialGC', ...QUICK_START];
const READY_MS = 180_000;
const STOP_MS = 40_000;
const ASK_MS = 60_000;
const JAVA_FOLDERS = '/usr/lib/jvm';

export interface ElasticsearchOptions {
  readonly name?: string;
  /** 1: one node with every role. 2 and 3: a master that holds data too, and hot nodes. 4: a master, two hot, a warm. */
  readonly nodes?: number;
  readonly ports?: { readonly http: readonly number[]; readonly transport: readonly number[] };
  /** Further lines of elasticsearch.yml, for all nodes. */
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
  /** Instead of a folder: a small disk that can be filled. */
  readonly dataFolder?: string;
  /** Default: anybody on loopback may do everything. */
  readonly security?: ElasticsearchSecurity;
}

export interface ElasticsearchService {
  readonly nodes: readonly Service[];
  /** One a node. */
  readonly urls: readonly string[];
  /** JSON request to the first node that runs; throws with the answer when it is no 2xx. */
  ask(method: string, path: string, body?: unknown): Promise<unknown>;
  /** All nodes at once: none is ready before enough of them are. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const MASTER = ['master', 'data_hot', 'data_content', 'ingest'];
const HOT = ['data_hot', 'data_content', 'ingest'];
const WARM = ['data_warm', 'data_content'];
const LAYOUTS: readonly (readonly (readonly string[])[])[] = [
  [[...MASTER, 'data_warm']],
  [MASTER, [...HOT, 'data_warm']],
  [MASTER, HOT, WARM],
  [['master'], HOT, HOT, WARM],
];

/** The Java that the Debian package brought; the server refuses newer ones that it was not tested with. */
async function javaHome(): Promise<string> {
  const names = await readdir(JAVA_FOLDERS).catch(() => []);
  const found = names.find((name) => /^java-17-openjdk/.test(name));
  if (found) return path.join(JAVA_FOLDERS, found);
  throw new ServiceError('elasticsearch', `there is no Java 17 in ${JAVA_FOLDERS}`, {
    advice: 'npm run setup:services elasticsearch',
  });
}

type Ask = (method: string, where: string, body?: unknown) => Promise<unknown>;

const plainAsk =
  (base: string): Ask =>
  (method, where, body) =>
    askUrl(`${base}${where}`, method, body);

async function askUrl(url: string, method: string, body?: unknown): Promise<unknown> {
  const response = await fetch(url, {
    method,
    signal: AbortSignal.timeout(ASK_MS),
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  const text = await response.text();
  if (!response.ok)
    throw new Error(`${method} ${new URL(url).pathname} gives ${response.status}: ${text.slice(0, 500)}`);
  return text === '' ? undefined : JSON.parse(text);
}

/** The server's user writes there. */
async function handOver(folder: string): Promise<void> {
  const account = await serviceAccount();
  if (!account) return;
  const names = await readdir(folder, { recursive: true });
  for (const name of ['.', ...names]) await chown(path.join(folder, name), account.uid, account.gid);
}

/** Each node has its own copy of the configuration: the server writes a keystore into it. */
async function writeConfiguration(
  folder: string,
  yaml: readonly string[],
  addFiles: (configuration: string) => Promise<void>,
): Promise<string> {
  const home = path.join(servicesCacheFolder(), ELASTICSEARCH_FOLDER);
  const configuration = path.join(folder, 'config');
  await cp(path.join(home, 'config'), configuration, { recursive: true }).catch((cause: NodeJS.ErrnoException) => {
    throw new ServiceError('elasticsearch', `it is not installed (${cause.code})`, {
      advice: 'npm run setup:services elasticsearch',
      cause,
    });
  });
  await writeFile(path.join(configuration, 'elasticsearch.yml'), `${yaml.join('\n')}\n`);
  await mkdir(path.join(configuration, 'jvm.options.d'), { recursive: true });
  await writeFile(path.join(configuration, 'jvm.options.d', 'test.options'), `${JVM_OPTIONS.join('\n')}\n`);
  await addFiles(configuration);
  await handOver(configuration);
  return configuration;
}

/** Real Elasticsearch nodes that form one cluster on loopback. Not started yet. */
export async function createElasticsearch(
  keeper: Keeper,
  options: ElasticsearchOptions = {},
): Promise<ElasticsearchService> {
  const { name = 'elasticsearch', nodes: count = 1, settings = {}, security } = options;
  const layout = LAYOUTS[count - 1];
  if (!layout) throw new RangeError('1 to 4 nodes');
  const free = await freePorts(2 * count);
  const http = options.ports?.http ?? free.slice(0, count);
  const transport = options.ports?.transport ?? free.slice(count);
  const java = await javaHome();
  const home = path.join(servicesCacheFolder(), ELASTICSEARCH_FOLDER);
  const urlOf = ({ host, port }: Address) => `${security ? 'https' : 'http'}://${host}:${port}`;
  const askOf = (address: Address): Ask => (security ? securedAsk(urlOf(address), security) : plainAsk(urlOf(address)));
  const nameOf = (index: number) => (count === 1 ? name : `${name}-${index + 1}`);

  async function createNode(roles: readonly string[], index: number): Promise<Service> {
    const node = nameOf(index);
    const folder = await keeper.makeFolder(node);
    const address: Address = { host: LOOPBACK, port: http[index] ?? 0 };
    const own = {
      'cluster.name': name,
      'node.name': node,
      'node.roles': `[${roles.join(', ')}]`,
      'network.host': LOOPBACK,
      'http.port': address.port,
      'transport.port': transport[index] ?? 0,
      'path.data': options.dataFolder ?? (await keeper.makeFolder(path.join(node, 'data'))),
      'path.logs': await keeper.makeFolder(path.join(node, 'logs')),
      ...(security ? SECURITY_SETTINGS : { 'xpack.security.enabled': false }),
      // The machine's disk is not the test's: only what the test sets counts.
      'cluster.routing.allocation.disk.threshold_enabled': false,
      ...(count === 1
        ? { 'discovery.type': 'single-node' }
        : {
            'discovery.seed_hosts': `[${transport
              .slice(0, count)
              .map((port) => `"${LOOPBACK}:${port}"`)
              .join(', ')}]`,
            'cluster.initial_master_nodes': `["${nameOf(0)}"]`,
          }),
      ...settings,
    };
    const configuration = await writeConfiguration(
      folder,
      Object.entries(own).map(([key, value]) => `${key}: ${value}`),
      async (written) => {
        if (security) await writeSecurity(written, { node, security });
      },
    );
    const ask = askOf(address);
    const service = processService({
      keeper,
      name: node,
      address,
      otherPorts: [transport[index] ?? 0],
      component: 'elasticsearch',
      command: path.join(home, 'bin', 'elasticsearch'),
      args: [],
      cwd: folder,
      env: {
        ES_PATH_CONF: configuration,
        ES_JAVA_HOME: java,
        ES_TMPDIR: await keeper.makeFolder(path.join(node, 'tmp')),
        // Two JVMs a node are started, one of them only to start the other: a small one.
        CLI_JAVA_OPTS: TOOL_JVM_OPTIONS.join(' '),
      },
      readyMs: READY_MS,
      stopMs: STOP_MS,
      async probe() {
        const health = (await ask('GET', '/_cluster/health?local=true')) as {
          status: string;
          number_of_nodes: number;
        };
        if (health.number_of_nodes < count) throw new Error(`it sees ${health.number_of_nodes} of ${count} nodes`);
        if (health.status === 'red') throw new Error('shards are missing (status red)');
      },
    });
    return service;
  }

  const nodes: Service[] = [];
  for (const [index, roles] of layout.entries()) nodes.push(await createNode(roles, index));
  const asks = nodes.map(({ address }) => askOf(address));
  return {
    nodes,
    urls: nodes.map(({ address }) => urlOf(address)),
    async ask(method, where, body) {
      const index = nodes.findIndex((node) => node.running());
      return asks[Math.max(0, index)]?.(method, where, body);
    },
    async start() {
      await Promise.all(nodes.map((node) => node.start()));
    },
    async stop() {
      await Promise.all(nodes.map((node) => node.stop()));
    },
  };
}
