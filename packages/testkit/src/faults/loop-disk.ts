// A small ext4 file system in an image file: a disk whose power can be cut, that can be pulled, and that can turn
// read-only. Needs root and a kernel with loop devices.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { truncate, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Keeper } from '../keeper/keeper.ts';
import { ofProcess, processNumbers } from '../keeper/proc.ts';

const run = promisify(execFile);

/**
 * SIGSTOP to a process group, if one is named, then EXT4_IOC_SHUTDOWN with EXT4_GOING_FLAGS_NOLOGFLUSH as xfstests'
 * `godown` does it: from this moment on nothing reaches the disk, neither data nor the file system's own journal.
 */
const CUT = `
  my ($group, @folders) = @ARGV;
  my @disks = map { open(my $at, "<", $_) or die "$_: $!\\n"; $at } @folders;
  my $flags = pack("L", 2);
  $group and (kill("STOP", -$group) or die "group $group: $!\\n");
  ioctl($_, 0x8004587d, $flags) or die "$!\\n" for @disks;
`;

/** A file may be open for a while more: making room for the index reads what the archive has of a day. */
const BUSY_MS = 90_000;
const POLL_MS = 50;

export interface LoopDisk {
  readonly path: string;
  /** Unmounts. Waits until nothing uses it; what comes later finds an empty folder. */
  pull(): Promise<void>;
  /** Mounts again, after what the file system recovers by itself. */
  plug(): Promise<void>;
  readOnly(): Promise<void>;
  writable(): Promise<void>;
}

/** Why there can be no loop disk here; undefined when there can. */
export function whyNoLoopDisk(): string | undefined {
  if (process.getuid?.() !== 0) return 'only root may mount';
  return existsSync('/dev/loop-control') ? undefined : 'this kernel has no loop devices';
}

/** An empty disk of so many bytes, mounted at `folder`, which must be below the keeper's. It is gone when the keeper is. */
export async function createLoopDisk(keeper: Keeper, folder: string, bytes: number): Promise<LoopDisk> {
  const image = path.join(keeper.folder, `${path.basename(folder)}.img`);
  await writeFile(image, '');
  await truncate(image, bytes);
  await run('mkfs.ext4', ['-q', '-F', '-m', '0', image]);
  const plug = () => keeper.mount(image, folder, ['-o', 'loop']);
  const remount = (mode: 'ro' | 'rw') => untilNotBusy('mount', ['-o', `remount,${mode}`, folder], folder);
  await plug();
  return {
    path: folder,
    pull: () => untilNotBusy('umount', [folder], folder),
    plug,
    readOnly: () => remount('ro'),
    writable: () => remount('rw'),
  };
}

/**
 * Cuts the power of disks and of the processes that use them: what was not synced is lost, and no process says anything
 * any more. The processes are a group, which is to be killed before its disks are pulled and plugged in again. Without the
 * stop they would outlive their power for a moment, in which an fdatasync under way can return 0 for what was not
 * written: ext4 takes the transaction that its shutdown ended for a finished one (seen with Linux 6.18 in 4 of 100 cuts).
 */
export async function cutPower(disks: readonly Pick<LoopDisk, 'path'>[], processGroup = 0): Promise<void> {
  await run('perl', ['-e', CUT, `${processGroup}`, ...disks.map((disk) => disk.path)]);
}

/** Open files below a folder, each with its process. */
function holdersOf(folder: string): string {
  const held = processNumbers().flatMap((pid) =>
    (ofProcess(() => readdirSync(`/proc/${pid}/fd`)) ?? []).flatMap((fd) => {
      const file = ofProcess(() => readlinkSync(`/proc/${pid}/fd/${fd}`));
      return file?.startsWith(folder) ? [`${pid}: ${file}`] : [];
    }),
  );
  return held.join(', ') || 'nobody';
}

async function untilNotBusy(command: string, args: readonly string[], folder: string): Promise<void> {
  const deadline = Date.now() + BUSY_MS;
  for (;;) {
    try {
      await run(command, args);
      return;
    } catch (error) {
      if (Date.now() > deadline) throw new Error(`${command}: held by ${holdersOf(folder)}`, { cause: error });
    }
    await delay(POLL_MS);
  }
}
