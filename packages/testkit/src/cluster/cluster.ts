import { type Keeper, openKeeper } from '../keeper/keeper.ts';
import type { Service } from '../services/process/service.ts';
import { type Composition, compose } from './compose.ts';
import { checkDiskSpace } from './disk-space.ts';
import type { ClusterOptions } from './options.ts';
import { type Part, type PartStatus, statusOf } from './part.ts';
import { prepareInstallation } from './prepare.ts';

export interface Cluster {
  /** Where a browser enters. */
  readonly url: string;
  /** The first admin's one-time password. */
  readonly password: string;
  /** PEM file of the authority that issued the load balancer's certificate. */
  readonly caFile: string;
  readonly archive: string;
  /** Lets the `logmaster` command work on this cluster. */
  readonly environment: Readonly<Record<string, string>>;
  readonly parts: readonly Part[];
  part(name: string): Service | undefined;
  status(): Promise<readonly PartStatus[]>;
  /** Starts what has ended; resolves with the names. */
  revive(): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** What a person sees while it starts. */
export type Say = (text: string) => void;

/** Parts of one stage start together; those before it are ready. Says each that is ready. */
async function startStage(parts: readonly Part[], stage: number, say: Say): Promise<void> {
  const started = parts
    .filter((part) => part.stage === stage)
    .map(async ({ service }) => {
      const began = performance.now();
      await service.start();
      say(`  ${service.name} ready (${((performance.now() - began) / 1000).toFixed(1)} s)`);
    });
  // The first that fails ends the start: the others are stopped in the middle of theirs.
  await Promise.all(started);
}

async function stopAll(parts: readonly Part[], keeper: Keeper): Promise<void> {
  const stages = [...new Set(parts.map(({ stage }) => stage))].sort((a, b) => b - a);
  try {
    for (const stage of stages) {
      await Promise.all(parts.filter((part) => part.stage === stage).map(({ service }) => service.stop()));
    }
  } finally {
    await keeper.close();
  }
}

async function startAll({ parts, stages, environment, createDatabase }: Composition, say: Say): Promise<string> {
  let password: string | undefined;
  for (const stage of Object.values(stages)) {
    // Ours come after the servers they use, and after what prepares these.
    if (stage === stages.ingest) {
      await createDatabase();
      const prepared = await prepareInstallation(environment);
      password = prepared.password;
      say(`  keys, schema and first admin made; signer SHA-256 ${prepared.signer}`);
    }
    await startStage(parts, stage, say);
  }
  if (password === undefined) throw new Error('a new cluster has a new first admin');
  return password;
}

/**
 * Starts LogMaster on its servers. When a part fails, everything is stopped and removed, and the part's ServiceError is
 * thrown. The cluster ends with this process at the latest.
 */
export async function startCluster(options: ClusterOptions, say: Say): Promise<Cluster> {
  await checkDiskSpace();
  const keeper = await openKeeper('cluster');
  const composition = await compose(keeper, options).catch(async (error: unknown) => {
    await keeper.close();
    throw error;
  });
  const { parts, url, caFile, archive, environment } = composition;
  const password = await startAll(composition, say).catch(async (error: unknown) => {
    say('Stopping what was started …');
    await stopAll(parts, keeper);
    throw error;
  });
  return {
    url,
    password,
    caFile,
    archive,
    // The commands trust the load balancer's certificate; the nodes need not.
    environment: { ...environment, NODE_EXTRA_CA_CERTS: caFile },
    parts,
    part: (name) => parts.find(({ service }) => service.name === name)?.service,
    status: () => Promise.all(parts.map(({ service }) => statusOf(service))),
    async revive() {
      const ended = parts.filter(({ service }) => !service.running());
      for (const { service } of ended) await service.start();
      return ended.map(({ service }) => service.name);
    },
    stop: () => stopAll(parts, keeper),
  };
}
