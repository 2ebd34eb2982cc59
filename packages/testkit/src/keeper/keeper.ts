import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chown, mkdir, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { serviceAccount } from './account.ts';
import type { KeeperReply, KeeperRequest, SpawnSpec } from './protocol.ts';

const run = promisify(execFile);

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A program that a keeper started, alone in its process group. */
export interface KeptProcess {
  readonly pid: number;
  /** Resolves when it has ended, however. */
  readonly exited: Promise<Exit>;
  /** Undefined while it runs. */
  exit(): Exit | undefined;
  /** To its whole group; nothing happens when it has ended. */
  signal(signal: NodeJS.Signals): Promise<void>;
}

export interface ProgramSpec extends Omit<SpawnSpec, 'uid' | 'gid' | 'env'> {
  readonly env?: Readonly<Record<string, string>> | undefined;
  /** Servers run as an unprivileged user unless they must be root (samba). */
  readonly asRoot?: boolean | undefined;
}

/**
 * Owner of servers. Everything it starts and its folder are gone after `close`, and also when this process dies
 * without a chance to call it: the keeper is a process of its own that notices.
 */
export interface Keeper {
  /** Temporary, removed at the end. */
  readonly folder: string;
  /** A folder below it that servers may write to. */
  makeFolder(name: string, options?: { readonly asRoot?: boolean }): Promise<string>;
  spawn(program: ProgramSpec): Promise<KeptProcess>;
  /** A tmpfs of so many bytes mounted at a new folder (needs root): a disk that can be filled. */
  mountSmallDisk(name: string, bytes: number): Promise<string>;
  /** Mounts a device or image at a folder below `folder` (needs root); undone at the end, if it is still there. */
  mount(source: string, at: string, options: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

/** Not ours: it may lead through folders that the servers' user can't enter. */
const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
const KEEPER_MAIN = path.join(import.meta.dirname, 'keeper-main.ts');

type NewRequest = KeeperRequest extends infer R ? (R extends KeeperRequest ? Omit<R, 'id'> : never) : never;

class Line {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { resolve(pid: number | undefined): void; reject(error: Error): void }>();
  readonly #running = new Map<number, (exit: Exit) => void>();
  readonly #early = new Map<number, Exit>();
  #lastId = 0;

  constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (reply: KeeperReply) => this.#hear(reply));
    child.once('exit', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('the keeper of the servers has ended'));
      this.#waiting.clear();
    });
  }

  #hear(reply: KeeperReply): void {
    if (reply.type === 'exited') {
      const exit = { code: reply.code, signal: reply.signal };
      const told = this.#running.get(reply.pid);
      if (told) told(exit);
      // It ended before whoever asked for it has heard its number.
      else this.#early.set(reply.pid, exit);
      return;
    }
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.type === 'failed') waiting?.reject(new Error(reply.message));
    else waiting?.resolve(reply.pid);
  }

  ask(request: NewRequest): Promise<number | undefined> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ ...request, id }, (error) => {
        if (!error) return;
        this.#waiting.delete(id);
        reject(error);
      });
    });
  }

  exitOf(pid: number): Promise<Exit> {
    const early = this.#early.get(pid);
    if (early) return Promise.resolve(early);
    return new Promise((resolve) => this.#running.set(pid, resolve));
  }
}

/** Starts a keeper with a new temporary folder. `prefix` names the folder for people who find it while it lives. */
export async function openKeeper(prefix = 'services'): Promise<Keeper> {
  const account = await serviceAccount();
  const folder = await mkdtemp(path.join(tmpdir(), `logmaster-${prefix}-`));
  if (account) await chown(folder, account.uid, account.gid);
  const mark = randomUUID();
  const child = spawn(process.execPath, [KEEPER_MAIN, mark, folder], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(child, 'spawn');
  const line = new Line(child);

  async function makeFolder(name: string, { asRoot = false } = {}): Promise<string> {
    const made = path.join(folder, name);
    await mkdir(made, { recursive: true });
    if (account && !asRoot) await chown(made, account.uid, account.gid);
    return made;
  }

  async function spawnProgram({ asRoot = false, env = {}, ...program }: ProgramSpec): Promise<KeptProcess> {
    const identity = account && !asRoot ? { uid: account.uid, gid: account.gid } : {};
    const base = { PATH: SYSTEM_PATH, LC_ALL: 'C', TZ: 'UTC', HOME: folder };
    const spec: SpawnSpec = { ...program, ...identity, env: { ...base, ...env } };
    const pid = (await line.ask({ type: 'spawn', spec })) as number;
    let ended: Exit | undefined;
    const exited = line.exitOf(pid).then((exit) => {
      ended = exit;
      return exit;
    });
    return {
      pid,
      exited,
      exit: () => ended,
      signal: async (signal) => {
        if (ended === undefined) await line.ask({ type: 'signal', pid, signal });
      },
    };
  }

  async function mount(source: string, at: string, options: readonly string[]): Promise<void> {
    await run('mount', [...options, source, at]);
    await line.ask({ type: 'mounted', path: at });
  }

  let closing: Promise<void> | undefined;
  async function close(): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    await line.ask({ type: 'close' });
    await gone;
  }
  return {
    folder,
    makeFolder,
    spawn: spawnProgram,
    async mountSmallDisk(name, bytes) {
      const at = await makeFolder(name);
      const owner = account ? `,uid=${account.uid},gid=${account.gid}` : '';
      await mount('tmpfs', at, ['-t', 'tmpfs', '-o', `size=${bytes},mode=755${owner}`]);
      return at;
    },
    mount,
    close() {
      closing ??= close();
      return closing;
    },
  };
}
