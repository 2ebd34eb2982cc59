import type { DiskContent, DiskState, DiskStep } from '@logmaster/core/api/disk';
import type { Events } from '@logmaster/telemetry/events';
import type { FileSystem } from './file-systems.ts';
import { type MarkOptions, marksOf } from './marks.ts';
import { Reserve } from './reserve.ts';
import { isAtLeast, leavesAt, nextStep } from './steps.ts';

/** One file system of the data folder: how much room it has, how far it has come, and its reserve. */
export class GuardedDisk {
  private readonly marks: MarkOptions;
  private readonly events: Events;
  private readonly reserve: Reserve;
  private latest: FileSystem;
  private reserveBytes = 0;
  step: DiskStep = 'none';

  constructor(fileSystem: FileSystem, marks: MarkOptions, events: Events) {
    this.latest = fileSystem;
    this.marks = marks;
    this.events = events;
    this.reserve = new Reserve(fileSystem.folder);
  }

  holds(content: DiskContent): boolean {
    return this.latest.holds.includes(content);
  }

  get lowBytes(): number {
    return marksOf(this.latest.sizeBytes, this.marks).lowBytes;
  }

  /** Free bytes, the reserve counted as free. */
  get roomBytes(): number {
    return this.latest.freeBytes + this.reserveBytes;
  }

  /** Bytes that are missing until the step is left; negative beyond. */
  missingFor(step: DiskStep): number {
    return leavesAt(step) * this.lowBytes - this.roomBytes;
  }

  /** Takes a new reading, goes at most one step, and gives up or makes the reserve. True when the step has changed. */
  async look(fileSystem: FileSystem, refused: boolean): Promise<boolean> {
    this.latest = fileSystem;
    this.reserveBytes = await this.reserve.held();
    const before = this.step;
    this.step = nextStep(before, { room: this.roomBytes / this.lowBytes, refused });
    if (this.step !== before) {
      const entered = isAtLeast(this.step, before);
      const { holds, freeBytes } = fileSystem;
      this.events.emit(entered ? 'disk_step_entered' : 'disk_step_left', {
        step: entered ? this.step : before,
        holds,
        free_bytes: freeBytes,
      });
    }
    if (this.step === 'none') await this.makeReserve();
    else if (this.reserveBytes > 0) await this.giveReserve();
    return this.step !== before;
  }

  get state(): DiskState['file_systems'][number] {
    const { holds, sizeBytes, freeBytes } = this.latest;
    return {
      holds: [...holds],
      step: this.step,
      size_bytes: sizeBytes,
      free_bytes: freeBytes,
      low_bytes: this.lowBytes,
      reserve_bytes: this.reserveBytes,
    };
  }

  private async makeReserve(): Promise<void> {
    const { reserveBytes: wanted } = marksOf(this.latest.sizeBytes, this.marks);
    // Beside its mark there must be room for it, or it would be given up again at once.
    if (this.reserveBytes === wanted || this.missingFor('reserve') > 0) return;
    try {
      await this.reserve.hold(wanted);
      this.reserveBytes = wanted;
    } catch (error) {
      this.reserveBytes = 0;
      this.events.emit('disk_reserve_failed', { folder: this.latest.folder, err: error });
    }
  }

  private async giveReserve(): Promise<void> {
    await this.reserve.release();
    this.latest = { ...this.latest, freeBytes: this.roomBytes };
    this.reserveBytes = 0;
  }
}
