import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { PipelineState } from '@logmaster/core/api/health';
import { dataLayout } from '@logmaster/core/config/data-layout';
import type { Micros } from '@logmaster/core/time';
import { createLoopDisk, type LoopDisk, whyNoLoopDisk } from '../faults/loop-disk.ts';
import { freePorts } from '../free-ports.ts';
import { type IngestProcess, prepareData, startIngest } from '../ingest.ts';
import type { Keeper } from '../keeper/keeper.ts';
import { createUdpLedgerSender } from '../ledger/udp-sender.ts';
import { LEDGER_PROTOCOLS } from '../ledger/wires.ts';
import { createLedgerSender, type LedgerEntry, type LedgerSender } from '../ledger-sender.ts';
import { startPostgres, type TestPostgres } from '../postgres.ts';
import { type ProcessInfo, processTree } from '../processes.ts';
import type { CertificateAuthority } from '../services/certificates/certificates.ts';

export interface StandOptions {
  readonly keeper: Keeper;
  readonly authority: CertificateAuthority;
  readonly seed: number;
  /** Over all transports. */
  readonly recordsPerSecond: number;
  /** Makes the tables of an empty database. */
  readonly migrate: (url: string) => Promise<unknown>;
  /** Of each of the disks. */
  readonly diskBytes?: number;
}

/** Small disks, each with a job of its own; undefined where this machine can't have them. */
export interface Disks {
  /** Journal, open segments, keys. */
  readonly data: LoopDisk;
  readonly archive: LoopDisk;
  readonly index: LoopDisk;
}

/**
 * The product's ingest with two workers, every transport, a database and disks that can fail, under load from ledger
 * senders in this process.
 */
export interface Stand {
  readonly data: string;
  readonly disks: Disks | undefined;
  readonly database: TestPostgres;
  readonly startedAt: Micros;
  /** The one that runs now. */
  readonly ingest: IngestProcess;
  /** Starts it again after its death. */
  restart(): Promise<void>;
  processes(role: 'worker' | 'processor'): readonly ProcessInfo[];
  ledger(): readonly LedgerEntry[];
  /** Records handed to sockets so far. */
  handed(): number;
  /** Resolves when so many more records were acknowledged to senders that hear of it, and datagrams were sent. */
  untilAcknowledged(more: number): Promise<void>;
  untilState(done: (state: PipelineState) => boolean): Promise<PipelineState>;
  stopSenders(): Promise<void>;
  remove(): Promise<void>;
}

const run = promisify(execFile);
const SEGMENT_SECONDS = 2;
const DISK_BYTES = 192 * 1024 * 1024;
const PATIENCE_MS = 120_000;
const POLL_MS = 50;
const OFTEN = /"event":"(?:stamped|segment_sealed|segment_published|index_written)"/;
const WORDS = 20;

async function makeDisks(keeper: Keeper, data: string, bytes: number): Promise<Disks | undefined> {
  if (whyNoLoopDisk() !== undefined) return undefined;
  const disk = await createLoopDisk(keeper, data, bytes);
  const at = (name: string) => keeper.makeFolder(path.join(path.basename(data), name), { asRoot: true });
  return {
    data: disk,
    archive: await createLoopDisk(keeper, await at('archive'), bytes),
    index: await createLoopDisk(keeper, await at('index'), bytes),
  };
}

export async function createStand(options: StandOptions): Promise<Stand> {
  const { keeper, authority, seed, recordsPerSecond, diskBytes = DISK_BYTES } = options;
  const startedAt = Date.now() * 1000;
  const data = await keeper.makeFolder('data', { asRoot: true });
  const disks = await makeDisks(keeper, data, diskBytes);
  await prepareData(data);
  // Folders and keys that a power cut in the first seconds would take.
  await run('sync', []);
  const [syslog = 0, tls = 0, relp = 0, beats = 0, metrics = 0] = await freePorts(5);
  const { certificateFile, keyFile } = await authority.issue('ingest', { asRoot: true });
  const database = await startPostgres();
  const databaseUrl = await database.createDatabase();
  await options.migrate(databaseUrl);
  const start = () =>
    startIngest({
      data,
      syslogPort: syslog,
      metricsPort: metrics,
      segmentSeconds: SEGMENT_SECONDS,
      databaseUrl,
      environment: {
        LOGMASTER_WORKERS: '2',
        LOGMASTER_SYSLOG_TLS_PORT: `${tls}`,
        LOGMASTER_TLS_CERT_FILE: certificateFile,
        LOGMASTER_TLS_KEY_FILE: keyFile,
        LOGMASTER_RELP_PORT: `${relp}`,
        LOGMASTER_BEATS_PORT: `${beats}`,
      },
    });

  const ports = { 'tcp-lines': syslog, 'tcp-octets': syslog, tls, relp, beats };
  const rate = recordsPerSecond / (LEDGER_PROTOCOLS.length + 1);
  const target = { host: '127.0.0.1', recordsPerSecond: rate };
  const streams: LedgerSender[] = LEDGER_PROTOCOLS.map((protocol, index) =>
    createLedgerSender({
      ...target,
      ...{ protocol, port: ports[protocol], connections: 2, seed: seed + index, authority: authority.pem },
    }),
  );
  const udp = createUdpLedgerSender({ ...target, port: syslog, seed: seed + streams.length });
  const senders = [...streams, udp];
  const ledger = () => senders.flatMap((sender) => [...sender.ledger]);
  const sum = (count: (entry: LedgerEntry) => number) => ledger().reduce((total, entry) => total + count(entry), 0);

  let ingest = await start();
  for (const sender of senders) await sender.start();

  /** Of the log, without what happens all the time. */
  async function lastWords(): Promise<string> {
    const lines = (await readFile(path.join(dataLayout(data).logs, 'ingest.log'), 'utf8')).split('\n');
    return lines
      .filter((line) => !OFTEN.test(line))
      .slice(-WORDS)
      .join('\n');
  }

  async function until(what: string, done: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (!(await done())) {
      if (Date.now() > deadline)
        throw new Error(`${what}: not within ${PATIENCE_MS / 1000} s. Its last words:\n${await lastWords()}`);
      await delay(POLL_MS);
    }
  }
  return {
    data,
    disks,
    database,
    startedAt,
    get ingest() {
      return ingest;
    },
    async restart() {
      ingest = await start();
    },
    processes(role) {
      const isWorker = ({ command }: ProcessInfo) => command.endsWith(' worker');
      const children = processTree(ingest.pid).filter(({ parent }) => parent === ingest.pid);
      return children.filter((child) => isWorker(child) === (role === 'worker'));
    },
    ledger,
    handed: () => sum(({ handed }) => handed),
    async untilAcknowledged(more) {
      const wanted = sum(({ acknowledged }) => acknowledged) + more;
      await until(`${more} more acknowledged`, () => sum(({ acknowledged }) => acknowledged) >= wanted);
    },
    async untilState(done) {
      let state: PipelineState | undefined;
      await until('the state that was waited for', async () => {
        // While it starts again nobody answers.
        state = await ingest.pipeline().catch(() => undefined);
        return state !== undefined && done(state);
      }).catch((cause: unknown) => {
        throw new Error(`the pipeline did not get there: ${JSON.stringify(state)}`, { cause });
      });
      return state as PipelineState;
    },
    async stopSenders() {
      await Promise.all(senders.map((sender) => sender.stop()));
    },
    async remove() {
      await ingest.kill().catch(() => undefined);
      await Promise.all(senders.map((sender) => sender.stop()));
      await database.remove();
    },
  };
}
