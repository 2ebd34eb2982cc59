/** When the open block is committed though it is not full. */
export class CommitTimer {
  private readonly commitMs: number;
  private readonly due: () => void;
  private timer: NodeJS.Timeout | undefined;
  private hastened = false;

  constructor(commitMs: number, due: () => void) {
    this.commitMs = commitMs;
    this.due = due;
  }

  /** The open block has a record: it is due `commitMs` after its first. */
  begin(): void {
    this.timer ??= setTimeout(this.due, this.commitMs);
  }

  /** Somebody waits for it: it is due within `ms`. Who comes after the first finds it hastened already. */
  hasten(ms: number): void {
    if (this.hastened) return;
    this.hastened = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(this.due, ms);
  }

  clear(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.hastened = false;
  }
}
