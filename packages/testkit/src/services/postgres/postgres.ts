import { escapeIdentifier } from 'pg';
import { freePorts } from '../../free-ports.ts';
import type { Keeper } from '../../keeper/keeper.ts';
import { type Address, LOOPBACK } from '../process/service.ts';
import { until } from '../process/until.ts';
import type { PostgresSettings } from './postgres-config.ts';
import { postgresData } from './postgres-data.ts';
import { createPostgresNode, type PostgresDisk, type PostgresMachinery, type PostgresNode } from './postgres-node.ts';
import { postgresPrograms } from './postgres-programs.ts';

const STREAMING_MS = 60_000;
const CAUGHT_UP_MS = 60_000;
const PAUSED_MS = 30_000;
const DEFAULT_PASSWORD = 'secret';

export interface PostgresClusterOptions {
  /** Its nodes are `<name>-1`, `<name>-2`, …. */
  readonly name?: string;
  /** Default: one. */
  readonly replicas?: number;
  /** One a node, the primary's first. Default: free ones. */
  readonly ports?: readonly number[];
  /** Of the superuser `postgres`. */
  readonly password?: string;
  /** Of postgresql.conf, for all nodes. */
  readonly settings?: PostgresSettings;
  /** For the first primary. */
  readonly disk?: PostgresDisk;
}

/** How much of the primary's log a replica does not have yet, in bytes. */
export interface PostgresLag {
  /** Not received: the network, or a replica that does not run. */
  readonly unreceived: number;
  /** Not visible to its queries: the former, and what waits to be replayed. */
  readonly unreplayed: number;
}

/** A primary and the replicas that stream from it, with passwords (SCRAM) and replication slots. */
export interface PostgresCluster {
  /** Takes the writes now. */
  readonly primary: PostgresNode;
  /** Those that follow it: a former primary is not among them before it is rewound. */
  readonly replicas: readonly PostgresNode[];
  readonly nodes: readonly PostgresNode[];
  /** At the primary. */
  url(database?: string): string;
  /** Makes an empty database and resolves with its URL at the primary. */
  createDatabase(name?: string): Promise<string>;
  /** Makes a replica the primary. Whoever was it goes on as it did, running or not; the others are told by `follow`. */
  promote(node: PostgresNode): Promise<void>;
  /** Makes a former primary a replica of the present one. What only it had is lost. */
  rewind(node: PostgresNode): Promise<void>;
  /** Lets a replica stream from another server, or from the same through a gate (`via`). Resolves when it streams. */
  follow(node: PostgresNode, upstream?: PostgresNode, via?: Address): Promise<void>;
  /** The replica goes on receiving, and its queries see no more of it. */
  pauseReplay(replica: PostgresNode): Promise<void>;
  resumeReplay(replica: PostgresNode): Promise<void>;
  lag(replica: PostgresNode): Promise<PostgresLag>;
  /** Resolves when all replicas that run show what the primary has now. */
  untilCaughtUp(): Promise<void>;
  /** Asks the nodes who takes writes: for when somebody else (pgpool) has promoted one. */
  findPrimary(): Promise<PostgresNode>;
  /** The primary and its replicas; resolves when these have caught up. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export async function createPostgresCluster(
  keeper: Keeper,
  options: PostgresClusterOptions = {},
): Promise<PostgresCluster> {
  const { name = 'postgres', replicas = 1, password = DEFAULT_PASSWORD, settings = {} } = options;
  const programs = await postgresPrograms();
  const data = postgresData(keeper, programs);
  const ports = options.ports ?? (await freePorts(replicas + 1));
  const machines: PostgresMachinery[] = [];
  for (const [index, port] of ports.slice(0, replicas + 1).entries()) {
    const address = { host: LOOPBACK, port };
    const disk = index === 0 ? options.disk : undefined;
    const spec = { name: `${name}-${index + 1}`, address, password, programs, settings, disk, seed };
    machines.push(await createPostgresNode(keeper, spec));
  }
  const nodes = machines.map(({ node }) => node);
  if (nodes.length !== replicas + 1) throw new Error(`${replicas + 1} nodes need as many ports`);
  let primary = nodes[0] as PostgresNode;
  /** Former primaries: their history may have parted. */
  const outdated = new Set<PostgresNode>();
  const following = () => nodes.filter((node) => node !== primary && !outdated.has(node));

  function machineOf(node: PostgresNode): PostgresMachinery {
    const found = machines.find((machine) => machine.node === node);
    if (!found) throw new Error(`${node.name} is not a node of ${name}`);
    return found;
  }

  async function seed(machine: PostgresMachinery): Promise<void> {
    if (machine.node === primary) return data.initialise(machine);
    await reserve(primary, machine.node);
    await data.copy(machine, primary);
    await machine.setUpstream(primary.address);
    await machine.becomeReplica();
  }

  async function reserve(upstream: PostgresNode, { slot }: PostgresNode): Promise<void> {
    await upstream.query(
      `SELECT pg_create_physical_replication_slot($1::name, true)
       WHERE NOT EXISTS (SELECT FROM pg_replication_slots WHERE slot_name = $1::name)`,
      [slot],
    );
  }

  function becomePrimary(node: PostgresNode): void {
    if (node === primary) return;
    outdated.add(primary);
    outdated.delete(node);
    primary = node;
  }

  async function follow(node: PostgresNode, upstream = primary, via = upstream.address): Promise<void> {
    await reserve(upstream, node);
    await machineOf(node).setUpstream(via);
    if (!node.running()) return;
    await node.query('SELECT pg_reload_conf()');
    await until(`${node.name} does not stream from port ${via.port}`, STREAMING_MS, async () => {
      const [receiver] = await node.query('SELECT status, sender_port FROM pg_stat_wal_receiver');
      return (receiver?.status === 'streaming' && receiver.sender_port === via.port) || JSON.stringify(receiver ?? {});
    });
  }

  async function untilReplay(node: PostgresNode, state: string, command: string): Promise<void> {
    await node.query(`SELECT ${command}()`);
    await until(`the replay of ${node.name} is not ${state}`, PAUSED_MS, async () => {
      const [row] = await node.query('SELECT pg_get_wal_replay_pause_state() AS state');
      return row?.state === state || String(row?.state);
    });
  }

  async function untilCaughtUp(): Promise<void> {
    const [now] = await primary.query('SELECT pg_current_wal_lsn() AS lsn');
    const running = following().filter((node) => node.running());
    const caughtUp = running.map((node) =>
      until(`${node.name} does not catch up with ${primary.name}`, CAUGHT_UP_MS, async () => {
        const [row] = await node.query('SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn AS done', [now?.lsn]);
        return row?.done === true;
      }),
    );
    await Promise.all(caughtUp);
  }

  let databases = 0;
  return {
    get primary() {
      return primary;
    },
    get replicas() {
      return following();
    },
    nodes,
    url: (database) => primary.url(database),
    async createDatabase(wanted) {
      const database = wanted ?? `test_${++databases}`;
      await primary.query(`CREATE DATABASE ${escapeIdentifier(database)}`);
      return primary.url(database);
    },
    async promote(node) {
      await node.query('SELECT pg_promote(false)');
      await until(`${node.name} does not become the primary`, STREAMING_MS, async () => {
        const [state] = await node.query('SELECT pg_is_in_recovery() AS replica');
        return state?.replica === false;
      });
      becomePrimary(node);
    },
    async rewind(node) {
      if (node === primary) throw new Error(`${node.name} is the primary: nothing it could be rewound to`);
      const machine = machineOf(node);
      await node.stop();
      // Until then the control file that pg_rewind compares tells of the old timeline.
      await primary.query('CHECKPOINT');
      await data.rewind(machine, primary);
      await reserve(primary, node);
      await machine.setUpstream(primary.address);
      await machine.becomeReplica();
      await node.start();
      outdated.delete(node);
      // Those for its own replicas would keep its log forever.
      await node.query('SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE NOT active');
    },
    follow,
    pauseReplay: (replica) => untilReplay(replica, 'paused', 'pg_wal_replay_pause'),
    resumeReplay: (replica) => untilReplay(replica, 'not paused', 'pg_wal_replay_resume'),
    async lag(replica) {
      const [now] = await primary.query('SELECT pg_current_wal_lsn() AS lsn');
      const [row] = await replica.query(
        `SELECT greatest($1::pg_lsn - pg_last_wal_receive_lsn(), 0)::float8 AS unreceived,
                greatest($1::pg_lsn - pg_last_wal_replay_lsn(), 0)::float8 AS unreplayed`,
        [now?.lsn],
      );
      return { unreceived: Number(row?.unreceived), unreplayed: Number(row?.unreplayed) };
    },
    untilCaughtUp,
    async findPrimary() {
      await until(`no node of ${name} takes writes`, STREAMING_MS, async () => {
        for (const node of nodes.filter((each) => each.running())) {
          // One that hangs or is just dying is not it.
          const [row] = await node.query('SELECT pg_is_in_recovery() AS replica').catch(() => []);
          if (row?.replica !== false || outdated.has(node)) continue;
          becomePrimary(node);
          return true;
        }
        return false;
      });
      return primary;
    },
    async start() {
      await primary.start();
      await Promise.all(following().map((node) => node.start()));
      await untilCaughtUp();
    },
    async stop() {
      // The primary waits for those that listen to it.
      await Promise.all(nodes.filter((node) => node !== primary).map((node) => node.stop()));
      await primary.stop();
    },
  };
}
