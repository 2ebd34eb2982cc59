import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePorts } from '../../free-ports.ts';
import type { Keeper } from '../../keeper/keeper.ts';
import { askTcp } from '../client/ask-tcp.ts';
import { processService } from '../process/process-service.ts';
import { type Address, LOOPBACK, type Placement, type Service } from '../process/service.ts';
import { encodeCommand, replyEnd } from './resp.ts';

/** Name under which the Sentinels know the master. */
export const SENTINEL_MASTER = 'logmaster';
const SENTINELS = 3;
const SENTINEL_QUORUM = 2;
const FOLLOW_MS = 60_000;
const POLL_MS = 50;

export interface RedisOptions extends Placement {
  readonly name?: string;
  readonly password?: string;
  /** Follows this master. */
  readonly replicaOf?: Address;
  readonly maxMemory?: string;
}

export interface RedisService extends Service {
  readonly password: string | undefined;
  readonly url: string;
}

/** One command to a server that may ask for a password; the answer is its RESP text. Throws what `-ERR` says. */
export async function redisCommand(
  address: Address,
  password: string | undefined,
  ...words: readonly string[]
): Promise<string> {
  const commands = [...(password === undefined ? [] : [['AUTH', password]]), words];
  const ends = (text: string) => {
    let at = 0;
    for (let reply = 0; reply < commands.length && at >= 0; reply++) at = replyEnd(text, at);
    return at;
  };
  const answer = await askTcp(address, commands.map(encodeCommand).join(''), (text) => ends(text) >= 0);
  const own = password === undefined ? 0 : replyEnd(answer, 0);
  const fault = /^-(.*)\r\n/.exec(answer) ?? /^-(.*)\r\n/.exec(answer.slice(own));
  if (fault) throw new Error(fault[1]);
  return answer.slice(own);
}

function passwordArguments(password: string | undefined): readonly string[] {
  return password === undefined ? [] : ['--requirepass', password, '--masterauth', password];
}

/** A Redis server without persistence: what it holds here may be lost. Not started yet. */
export async function createRedis(keeper: Keeper, options: RedisOptions = {}): Promise<RedisService> {
  const { password, replicaOf, maxMemory = '64mb', host = LOOPBACK } = options;
  const [free = 0] = options.port === undefined ? await freePorts(1) : [options.port];
  const name = options.name ?? `redis-${free}`;
  const folder = await keeper.makeFolder(name);
  const address = { host, port: free };
  const service = processService({
    keeper,
    name,
    address,
    component: 'redis',
    command: 'redis-server',
    cwd: folder,
    args: [
      ...['--port', `${free}`, '--bind', host, '--dir', folder, '--daemonize', 'no', '--save', ''],
      ...['--appendonly', 'no', '--maxmemory', maxMemory, '--maxmemory-policy', 'volatile-lru'],
      ...['--repl-diskless-sync-delay', '0', ...passwordArguments(password)],
      ...(replicaOf ? ['--replicaof', replicaOf.host, `${replicaOf.port}`] : []),
    ],
    async probe() {
      await redisCommand(address, password, 'PING');
      if (!replicaOf) return;
      const state = await redisCommand(address, password, 'INFO', 'replication');
      if (/role:slave/.test(state) && !/master_link_status:up/.test(state))
        throw new Error('the master is not reached');
    },
  });
  const secret = password === undefined ? '' : `:${encodeURIComponent(password)}@`;
  return { ...service, password, url: `redis://${secret}${host}:${free}` };
}

export interface RedisSentinelOptions {
  readonly name?: string;
  readonly password?: string;
  readonly ports?: { readonly servers: readonly number[]; readonly sentinels: readonly number[] };
}

/** A master, a replica and three Sentinels that fail over within some two seconds. */
export interface RedisSentinels {
  /** Index 0 is the first master. */
  readonly servers: readonly RedisService[];
  readonly sentinels: readonly Service[];
  readonly masterName: string;
  readonly password: string | undefined;
  /** Where the Sentinels say the master is now. */
  master(): Promise<Address>;
  /** Resolves when the Sentinels name another master than `address` and it takes writes. */
  untilFailedOverFrom(address: Address): Promise<Address>;
  start(): Promise<void>;
  stop(): Promise<void>;
}

async function createSentinel(keeper: Keeper, name: string, port: number, master: RedisService): Promise<Service> {
  const folder = await keeper.makeFolder(name);
  const file = path.join(folder, 'sentinel.conf');
  const lines = [
    `port ${port}`,
    `bind ${LOOPBACK}`,
    `dir ${folder}`,
    `sentinel monitor ${SENTINEL_MASTER} ${master.address.host} ${master.address.port} ${SENTINEL_QUORUM}`,
    ...(master.password === undefined ? [] : [`sentinel auth-pass ${SENTINEL_MASTER} ${master.password}`]),
    `sentinel down-after-milliseconds ${SENTINEL_MASTER} 1000`,
    `sentinel failover-timeout ${SENTINEL_MASTER} 5000`,
    `sentinel parallel-syncs ${SENTINEL_MASTER} 1`,
  ];
  // A Sentinel rewrites its file, so each has its own, and writes it only once: it remembers failovers there.
  await writeFile(file, `${lines.join('\n')}\n`);
  await chmod(file, 0o666);
  const address = { host: LOOPBACK, port };
  return processService({
    keeper,
    name,
    address,
    component: 'redis',
    command: 'redis-sentinel',
    args: [file],
    cwd: folder,
    probe: async () => {
      const state = await redisCommand(address, undefined, 'SENTINEL', 'CKQUORUM', SENTINEL_MASTER);
      if (!state.startsWith('+OK')) throw new Error(state.trim());
    },
  });
}

export async function createRedisSentinels(
  keeper: Keeper,
  options: RedisSentinelOptions = {},
): Promise<RedisSentinels> {
  const { name = 'redis', password } = options;
  const free = await freePorts(2 + SENTINELS);
  const serverPorts = options.ports?.servers ?? free.slice(0, 2);
  const sentinelPorts = options.ports?.sentinels ?? free.slice(2);
  const secret = password === undefined ? {} : { password };
  const master = await createRedis(keeper, { name: `${name}-1`, port: serverPorts[0], ...secret });
  const replica = await createRedis(keeper, {
    name: `${name}-2`,
    port: serverPorts[1],
    replicaOf: master.address,
    ...secret,
  });
  const servers = [master, replica];
  const sentinels = await Promise.all(
    sentinelPorts.map((port, index) => createSentinel(keeper, `${name}-sentinel-${index + 1}`, port, master)),
  );

  async function currentMaster(): Promise<Address> {
    const asked = sentinels.find((sentinel) => sentinel.running());
    if (!asked) throw new Error('no Sentinel is running');
    const answer = await redisCommand(asked.address, undefined, 'SENTINEL', 'GET-MASTER-ADDR-BY-NAME', SENTINEL_MASTER);
    const [, , host = '', , port = ''] = answer.split('\r\n');
    return { host, port: Number(port) };
  }
  return {
    servers,
    sentinels,
    masterName: SENTINEL_MASTER,
    password,
    master: currentMaster,
    async untilFailedOverFrom(address) {
      const deadline = Date.now() + FOLLOW_MS;
      for (;;) {
        const now = await currentMaster();
        if (now.port !== address.port) {
          const role = await redisCommand(now, password, 'ROLE').catch(() => '');
          if (role.includes('master')) return now;
        }
        if (Date.now() > deadline) throw new Error('the Sentinels did not fail over');
        await delay(POLL_MS);
      }
    },
    async start() {
      for (const server of servers) await server.start();
      // They must hear of each other before a quorum is there, so none is waited for alone.
      await Promise.all(sentinels.map((sentinel) => sentinel.start()));
    },
    async stop() {
      await Promise.all(sentinels.map((sentinel) => sentinel.stop()));
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}
