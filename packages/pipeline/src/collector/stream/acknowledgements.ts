import type { Receiver } from '../receiver.ts';

interface Waiting<T> {
  /** The newest record when the answer was asked for: once that is durable, it may be given. */
  readonly record: number;
  readonly answer: T;
}

/** Answers that wait for a commit, in order. */
export class Acknowledgements<T> {
  private readonly receiver: Receiver;
  private waiting: Waiting<T>[] = [];
  private next = 0;

  constructor(receiver: Receiver) {
    this.receiver = receiver;
  }

  get count(): number {
    return this.waiting.length - this.next;
  }

  /** To be given when every record taken so far is durable. */
  add(answer: T): void {
    this.waiting.push({ record: this.receiver.taken, answer });
    this.receiver.hasten();
  }

  /** Those that are due, in order, each once. */
  take(): T[] {
    const { durable, failed } = this.receiver;
    const due: T[] = [];
    if (failed) return due;
    for (let at = this.waiting[this.next]; at !== undefined && at.record <= durable; at = this.waiting[this.next]) {
      due.push(at.answer);
      this.next += 1;
    }
    if (this.next === this.waiting.length) {
      this.waiting = [];
      this.next = 0;
    }
    return due;
  }
}
