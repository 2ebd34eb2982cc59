import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { DiskState } from '@logmaster/core/api/disk';
import type { Lifecycle } from '@logmaster/core/lifecycle';
import type { Events } from '@logmaster/telemetry/events';
import { isMissing } from '../files.ts';
import { Loop } from '../loop.ts';
import { type FileSystem, readFileSystems } from './file-systems.ts';
import { GuardedDisk } from './guarded-disk.ts';
import { type MarkOptions, marksOf } from './marks.ts';
import { type DiskOrders, ordersOf } from './orders.ts';
import { farthest, isAtLeast } from './steps.ts';

export interface DiskGuardOptions {
  readonly folders: Readonly<Record<'data' | 'journal' | 'segments', string>> & {
    /** Without an index of its own there is nothing to take out of it. */
    readonly index?: string;
  };
  /** Watched alone: nothing in it may go. */
  readonly archive: string;
  /** Folders of what can be made again. */
  readonly disposable: readonly string[];
  readonly marks: MarkOptions;
  readonly events: Events;
  /** The journal's disk has refused a write for want of room, and has not taken one since. */
  readonly refused: () => boolean;
  /** What others have to do now. Told after each look. */
  readonly onOrders: (orders: DiskOrders) => void;
}

const LOOK_MS = 1000;

/**
 * Watches the file systems of a node and gives up room in the order of DISK_STEPS, each file system on its own: what lies
 * on another one does not help it. Reserve and caches are given up here; index and senders are told.
 */
export class DiskGuard implements Lifecycle {
  readonly name = 'disk guard';
  private readonly options: DiskGuardOptions;
  private readonly disks = new Map<number, GuardedDisk>();
  private readonly loop: Loop;
  private archive: FileSystem | undefined;
  private readingArchive = false;

  constructor(options: DiskGuardOptions) {
    this.options = options;
    this.loop = new Loop(
      () => this.look(),
      LOOK_MS,
      // `look` tells what it meets; there is nothing else to throw.
      (error) => options.events.emit('disk_not_read', { err: error }),
    );
  }

  async start(): Promise<void> {
    await mkdir(this.options.folders.data, { recursive: true });
    this.loop.start();
  }

  async stop(): Promise<void> {
    await this.loop.stop();
  }

  get state(): DiskState {
    const { bytesPerSecond } = ordersOf([...this.disks.values()]).senders;
    const systems = [...this.disks.values()].map(({ state }) => state);
    if (this.archive !== undefined && !this.disks.has(this.archive.device))
      systems.push(archiveState(this.archive, this.options.marks));
    return {
      step: farthest(systems.map(({ step }) => step)),
      file_systems: systems,
      ...(bytesPerSecond === undefined ? {} : { senders_bytes_per_second: bytesPerSecond }),
    };
  }

  /** One reading. True when a step has changed: the next reading follows at once, for a disk can fill within a second. */
  async look(): Promise<boolean> {
    const { events, refused, onOrders } = this.options;
    let changed = false;
    try {
      void this.readArchive();
      for (const disk of await this.readDisks()) {
        changed = (await disk.disk.look(disk.fileSystem, refused() && disk.disk.holds('journal'))) || changed;
        if (disk.disk.holds('data') && isAtLeast(disk.disk.step, 'caches')) await this.removeCaches();
      }
    } catch (error) {
      events.emit('disk_not_read', { err: error });
      return false;
    }
    onOrders(ordersOf([...this.disks.values()]));
    return changed;
  }

  private async readDisks(): Promise<{ disk: GuardedDisk; fileSystem: FileSystem }[]> {
    const { folders, marks, events } = this.options;
    const found = await readFileSystems(folders);
    for (const device of this.disks.keys()) if (!found.some((one) => one.device === device)) this.disks.delete(device);
    return found.map((one) => {
      const disk = this.disks.get(one.device) ?? new GuardedDisk(one, marks, events);
      this.disks.set(one.device, disk);
      const together = this.archive?.device === one.device;
      return { disk, fileSystem: together ? { ...one, holds: [...one.holds, 'archive'] } : one };
    });
  }

  /** Beside the others: a network file system that hangs must not keep the guard from its disks. */
  private async readArchive(): Promise<void> {
    if (this.readingArchive) return;
    this.readingArchive = true;
    try {
      [this.archive] = await readFileSystems({ archive: this.options.archive });
    } catch (error) {
      this.archive = undefined;
      this.options.events.emit('disk_not_read', { folder: this.options.archive, err: error });
    } finally {
      this.readingArchive = false;
    }
  }

  private async removeCaches(): Promise<void> {
    for (const folder of this.options.disposable) {
      const names = await readdir(folder).catch((error: unknown) => {
        if (isMissing(error)) return [];
        throw error;
      });
      for (const name of names) await rm(path.join(folder, name), { recursive: true, force: true });
      if (names.length > 0) this.options.events.emit('caches_removed', { folder, entries: names.length });
    }
  }
}

function archiveState(archive: FileSystem, marks: MarkOptions): DiskState['file_systems'][number] {
  return {
    holds: ['archive'],
    step: 'none',
    size_bytes: archive.sizeBytes,
    free_bytes: archive.freeBytes,
    low_bytes: marksOf(archive.sizeBytes, marks).lowBytes,
    reserve_bytes: 0,
  };
}
