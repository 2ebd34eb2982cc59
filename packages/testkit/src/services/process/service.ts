import type { Lifecycle } from '@logmaster/core/lifecycle';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * A real server for tests and for the cluster on loopback. `start` resolves when it serves, and may be called again
 * after `stop` or `kill`: the data is still there. What fails is a ServiceError, which names the part, shows its last
 * log lines and tells how to go on.
 */
export interface Service extends Lifecycle {
  /** Where its main port is; fixed for the life of the object. */
  readonly address: Address;
  /** Asks it one real question. Rejects with the reason why it does not serve. */
  ready(): Promise<void>;
  /** The last lines it wrote. */
  logs(lines?: number): Promise<string>;
  /** Running now? Says nothing about whether it serves. */
  running(): boolean;
  /** SIGKILL to all of it; resolves when it is gone. */
  kill(): Promise<void>;
  /** SIGSTOP to all of it: connections are accepted by the kernel, and nobody answers. */
  hang(): Promise<void>;
  /** Ends `hang`. */
  resume(): Promise<void>;
}

/** What every service needs to be made. */
export interface Placement {
  /** Default: a free port. Given by the cluster, whose ports are known beforehand. */
  readonly port?: number | undefined;
  /** Loopback address. */
  readonly host?: string | undefined;
}

export const LOOPBACK = '127.0.0.1';
