import { LagRuler } from './lag-ruler.ts';
import { judgeReplica, type Look, type ReplicaState } from './replica-state.ts';
import { type WatchedServer, watchServer } from './watched-server.ts';

const PAUSE_MS = 1_000;
/** What was seen longer ago says nothing any more: this process was stopped, or its looks hang. */
const STALE_MS = 5_000;
/** Lags beyond the limit are shown in seconds up to so much. */
const SHOWN_LAG_MS = 600_000;

export interface ReplicaMonitorOptions {
  readonly primaryUrl: string;
  readonly replicaUrls: readonly string[];
  readonly maxLagSeconds: number;
  readonly applicationName: string;
}

/** Looks at the primary and its replicas every second and knows which of them may be read. */
export class ReplicaMonitor {
  readonly #options: ReplicaMonitorOptions;
  readonly #primary: WatchedServer;
  readonly #replicas: readonly WatchedServer[];
  readonly #ruler: LagRuler;
  #lastPrimary: Look | null = null;
  #states: readonly ReplicaState[] = [];
  #lookedAt = Number.NEGATIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;
  #looking: Promise<void> | undefined;
  #closed = false;

  constructor(options: ReplicaMonitorOptions) {
    this.#options = options;
    this.#primary = watchServer(options.primaryUrl, options.applicationName);
    this.#replicas = options.replicaUrls.map((url) => watchServer(url, options.applicationName));
    this.#ruler = new LagRuler(Math.max(SHOWN_LAG_MS, 2_000 * options.maxLagSeconds));
    void this.#round();
  }

  /** In the order of the URLs. Empty before the first look has ended. */
  get states(): readonly ReplicaState[] {
    return this.#states;
  }

  /** Those that may be read by somebody who must see the log up to `position`. */
  readable(position: number): readonly ReplicaState[] {
    if (performance.now() - this.#lookedAt > STALE_MS) return [];
    return this.#states.filter((state) => state.fault === null && state.position >= position);
  }

  /** A read there has just failed: it gets no more before a look has found it well. */
  doubt(number: number): void {
    this.#states = this.#states.map((state) =>
      state.number === number ? { ...state, fault: 'REPLICA_AWAY' as const } : state,
    );
  }

  /** Looks now; resolves when the states are those of a look that began after this call. */
  async look(): Promise<void> {
    await this.#looking;
    await this.#lookOnce();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#looking;
    await Promise.all([this.#primary, ...this.#replicas].map((server) => server.close()));
  }

  async #round(): Promise<void> {
    await this.#lookOnce();
    if (!this.#closed) this.#timer = setTimeout(() => void this.#round(), PAUSE_MS).unref();
  }

  #lookOnce(): Promise<void> {
    this.#looking ??= this.#lookAtAll().finally(() => {
      this.#looking = undefined;
    });
    return this.#looking;
  }

  async #lookAtAll(): Promise<void> {
    // The primary first: a replica that is near has then all of what is asked of it.
    const primary = await this.#primary.look();
    if (primary && !primary.recovering) {
      this.#lastPrimary = primary;
      this.#ruler.note(primary.position, performance.now());
    }
    const looks = await Promise.all(this.#replicas.map((replica) => replica.look()));
    this.#states = looks.map((replica, index) =>
      judgeReplica({
        number: index + 1,
        replica,
        primary: this.#lastPrimary,
        // As of when the primary was last seen: while it is away, its replicas grow no older.
        lagMs: replica ? this.#ruler.lagOf(replica.position) : undefined,
        maxLagMs: this.#options.maxLagSeconds * 1000,
      }),
    );
    this.#lookedAt = performance.now();
  }
}
