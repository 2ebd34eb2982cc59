/** What a test process (or the cluster) asks of its keeper, and what comes back. Crosses IPC as JSON. */

export interface SpawnSpec {
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment of the program, apart from the keeper's own mark. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** Both output streams are appended to it. */
  readonly logFile: string;
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
}

export type KeeperRequest =
  | { readonly type: 'spawn'; readonly id: number; readonly spec: SpawnSpec }
  /** To the whole process group of `pid`. */
  | { readonly type: 'signal'; readonly id: number; readonly pid: number; readonly signal: NodeJS.Signals }
  /** A mount below the folder that must be undone before the folder is removed. */
  | { readonly type: 'mounted'; readonly id: number; readonly path: string }
  | { readonly type: 'close'; readonly id: number };

export type KeeperReply =
  | { readonly type: 'done'; readonly id: number; readonly pid?: number }
  | { readonly type: 'failed'; readonly id: number; readonly message: string }
  | {
      readonly type: 'exited';
      readonly pid: number;
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
    };

/**
 * In the environment of everything a keeper starts: a daemon that leaves its process group (samba, pgpool) is still
 * found by it.
 */
export const KEEPER_MARK = 'LOGMASTER_KEEPER';
