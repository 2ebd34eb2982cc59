import { isDiskFull } from '../files.ts';

export interface DiskRoomOptions {
  /** The disk is full, or no longer. */
  readonly onFull?: (full: boolean) => void;
  /** May so many bytes be written now? Default: always; the disk says so itself. */
  readonly hasRoom?: (bytes: number) => Promise<boolean>;
  /** How often a full disk is tried again. */
  readonly fullRetryMs?: number;
}

const DEFAULT_FULL_RETRY_MS = 500;

/**
 * Waits for room on a full disk. That is no error of the disk: a write that was refused for want of room has left nothing
 * behind that counts, and is tried again until there is some.
 */
export class DiskRoom {
  private readonly options: DiskRoomOptions;
  private stopping = false;
  /** Nothing becomes durable until there is room again. */
  full = false;

  constructor(options: DiskRoomOptions) {
    this.options = options;
  }

  /**
   * Does it when the disk has room for so many bytes. While stopping it is not waited for, and what is kept for others
   * may be used.
   */
  async use(bytes: number, write: () => Promise<void>): Promise<void> {
    while (!(await this.tried(bytes, write))) {
      if (!this.full) this.options.onFull?.(true);
      this.full = true;
      await new Promise((resolve) => setTimeout(resolve, this.options.fullRetryMs ?? DEFAULT_FULL_RETRY_MS));
    }
    if (this.full) this.options.onFull?.(false);
    this.full = false;
  }

  private async tried(bytes: number, write: () => Promise<void>): Promise<boolean> {
    if (!this.stopping && this.options.hasRoom && !(await this.options.hasRoom(bytes))) return false;
    try {
      await write();
      return true;
    } catch (error) {
      if (!isDiskFull(error) || this.stopping) throw error;
      return false;
    }
  }

  /** From now on a full disk is an error like any other. */
  stopWaiting(): void {
    this.stopping = true;
  }
}
