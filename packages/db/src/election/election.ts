import { setTimeout as wait } from 'node:timers/promises';
import type { AppError } from '@logmaster/core/errors';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import { Client } from 'pg';
import { toDatabaseError } from '../database-error.ts';

/** The right to do a job, as long as no newer one is given. */
export interface Leadership {
  readonly job: string;
  readonly epoch: bigint;
}

export interface ElectionOptions {
  /** The primary, or what leads to it alone. */
  readonly url: string;
  /** One leader at a time among all who name the same job. */
  readonly job: string;
  /** This node, for people who look into the table. */
  readonly node: string;
  /** Told when this node begins to lead (its leadership) or no longer does (undefined). */
  readonly onChange?: ((leadership: Leadership | undefined) => void) | undefined;
  readonly onError?: ((error: AppError) => void) | undefined;
  /** Between two attempts, and two signs of life of the leader, ms. */
  readonly lookMs?: number;
  /** The server ends a session that is silent for so long: its leader hangs or is cut off. */
  readonly silentMs?: number;
}

const LOOK_MS = 5000;
const SILENT_MS = 20_000;
const CONNECT_MS = 5000;
/** First half of the advisory lock's key ("LogM"); the job is the second. */
const LOCK_CLASS = 0x4c_6f_67_4d;
/** pgpool-II must not give these to a replica. */
const PRIMARY = '/*NO LOAD BALANCE*/';

/**
 * Elects one of several nodes for a job: who holds the session's advisory lock leads. The lock ends with the session,
 * however that ends; the epoch, counted up under the lock, refuses what an earlier leader still wants to write.
 */
export class Election implements Lifecycle {
  readonly name: string;
  readonly #options: ElectionOptions;
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();
  #leadership: Leadership | undefined;

  constructor(options: ElectionOptions) {
    this.#options = options;
    this.name = `election of ${options.job}`;
  }

  /** Undefined when another node leads, or nobody as far as is known here. */
  get leadership(): Leadership | undefined {
    return this.#leadership;
  }

  /** Does not wait: a database that is away is tried again. */
  async start(): Promise<void> {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    const { lookMs = LOOK_MS, onError } = this.#options;
    while (!signal.aborted) {
      try {
        await this.#campaign(signal);
      } catch (error) {
        onError?.(toDatabaseError(error));
      }
      this.#set(undefined);
      await pause(lookMs, signal);
    }
  }

  /** One session of the server: resolves when asked to stop, throws when the session is lost. */
  async #campaign(signal: AbortSignal): Promise<void> {
    const { url, job, node, lookMs = LOOK_MS, silentMs = SILENT_MS } = this.#options;
    const session = new Client({
      connectionString: url,
      application_name: `logmaster election ${node}`,
      connectionTimeoutMillis: CONNECT_MS,
      query_timeout: silentMs / 2,
      keepAlive: true,
    });
    const lost = new AbortController();
    const lose = () => {
      // At once, not with the next look: whoever asks meanwhile must not believe it any more.
      this.#set(undefined);
      lost.abort();
    };
    session.on('error', lose);
    session.on('end', lose);
    try {
      await session.connect();
      await session.query(`SET idle_session_timeout = ${silentMs}`);
      while (!signal.aborted) {
        if (this.#leadership !== undefined) await session.query(`${PRIMARY} SELECT 1`);
        else if (await takeLock(session, job)) this.#set({ job, epoch: await nextEpoch(session, job, node) });
        await pause(lookMs, AbortSignal.any([signal, lost.signal]));
        if (lost.signal.aborted) throw new Error('the session of the election has ended');
      }
    } finally {
      session.off('end', lose);
      await session.end().catch(() => undefined);
    }
  }

  #set(leadership: Leadership | undefined): void {
    if (this.#leadership === leadership) return;
    this.#leadership = leadership;
    this.#options.onChange?.(leadership);
  }
}

async function takeLock(session: Client, job: string): Promise<boolean> {
  const { rows } = await session.query<{ taken: boolean }>(
    `${PRIMARY} SELECT pg_try_advisory_lock($1, hashtext($2)) AS taken`,
    [LOCK_CLASS, job],
  );
  return rows[0]?.taken === true;
}

/** Waits for writes of the leader before, which hold the row: none of them is committed after this. */
async function nextEpoch(session: Client, job: string, node: string): Promise<bigint> {
  const { rows } = await session.query<{ epoch: string }>(
    `INSERT INTO elections AS e (job, epoch, node, since) VALUES ($1, 1, $2, now())
     ON CONFLICT (job) DO UPDATE SET epoch = e.epoch + 1, node = excluded.node, since = excluded.since
     RETURNING epoch`,
    [job, node],
  );
  return BigInt(rows[0]?.epoch ?? 0);
}

/** An abort ends the wait early; that is no error. */
async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await wait(ms, undefined, { signal, ref: false }).catch(() => undefined);
}
