import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { systemClock } from '@logmaster/core/clock';
import { createEvents, type Events } from '@logmaster/telemetry/events';
import { createLogger } from '@logmaster/telemetry/logger';
import { createRegistry } from '@logmaster/telemetry/metrics';
import { Collector } from '../collector/collector.ts';
import type { CollectorOptions } from '../collector/collector-options.ts';
import { HeldDisk } from './held-disk.ts';
import { readJournal, type StoredRecord } from './read-journal.ts';

export type RigOptions = Omit<CollectorOptions, keyof typeof FIXED | 'events' | 'journalFolder'> & {
  /** Default: a temporary folder. */
  readonly journalFolder?: string;
};

/** A connection and what was answered on it. */
interface Dialogue {
  readonly socket: net.Socket;
  readonly closed: Promise<void>;
  readonly heard: () => string;
}

/** A real collector on loopback with a journal of its own, whose records can be read back. */
export class CollectorRig {
  private readonly folder: string;
  private readonly journalFolder: string;
  readonly collector: Collector;
  readonly events: Events;
  /** Where its journal is, unless the options name another `createFile`. */
  readonly disk = new HeldDisk();
  private readonly sockets: net.Socket[] = [];

  private constructor(folder: string, options: RigOptions) {
    this.folder = folder;
    this.events = createEvents(createLogger('collector-rig', 'silent'), createRegistry());
    this.collector = new Collector({
      ...FIXED,
      journalFolder: folder,
      createFile: this.disk.createFile,
      ...options,
      events: this.events,
    });
    this.journalFolder = options.journalFolder ?? folder;
  }

  static async start(options: RigOptions): Promise<CollectorRig> {
    const rig = new CollectorRig(await mkdtemp(path.join(os.tmpdir(), 'collector-rig-')), options);
    await rig.collector.start();
    return rig;
  }

  /** Everything in the journal, in order. */
  records(): Promise<StoredRecord[]> {
    return readJournal(path.join(this.journalFolder, this.collector.stream));
  }

  async texts(): Promise<string[]> {
    return (await this.records()).map(({ raw }) => raw.toString('latin1'));
  }

  /** Connections end with the rig at the latest. */
  async connect(port: number, localAddress = '127.0.0.1'): Promise<net.Socket> {
    const socket = net.connect({ port, host: '127.0.0.1', localAddress });
    // An error is followed by `close`.
    socket.on('error', () => undefined);
    this.sockets.push(socket);
    await once(socket, 'connect');
    return socket;
  }

  async talk(port: number, encoding: 'latin1' | 'hex' = 'latin1'): Promise<Dialogue> {
    const socket = await this.connect(port);
    let heard = '';
    socket.on('data', (chunk) => {
      heard += chunk.toString(encoding);
    });
    const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    return { socket, closed, heard: () => heard };
  }

  async remove(): Promise<void> {
    this.disk.release();
    for (const socket of this.sockets) socket.destroy();
    await this.collector.stop().catch(() => undefined);
    await rm(this.folder, { recursive: true, force: true });
  }
}

const FIXED = { node: 'node1', worker: 'w0', syslogHost: '127.0.0.1', clock: systemClock };
