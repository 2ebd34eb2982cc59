import type { Micros } from '@logmaster/core/time';

interface Entry {
  readonly due: Micros;
  readonly order: number;
  readonly render: Render;
}
/** Makes the line at the moment it is sent, so that its time and durations are those of the sending. */
export type Render = (now: Micros) => string;

/** What a device still has to report: session ends, logouts, the next port of a scan. Earliest first (a binary heap). */
export interface Schedule {
  readonly size: number;
  add(due: Micros, render: Render): void;
  /** The earliest entry if it is due, or if the schedule is full; undefined otherwise. */
  take(now: Micros): Render | undefined;
}

/** `limit` bounds memory at high rates: above it the earliest entry counts as due, so sessions get shorter. */
export function createSchedule(limit = 50_000): Schedule {
  const heap: Entry[] = [];
  let order = 0;

  const before = (a: Entry, b: Entry) => a.due < b.due || (a.due === b.due && a.order < b.order);

  function up(at: number): void {
    const entry = heap[at] as Entry;
    let index = at;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (!before(entry, heap[parent] as Entry)) break;
      heap[index] = heap[parent] as Entry;
      index = parent;
    }
    heap[index] = entry;
  }

  function down(entry: Entry): void {
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1] as Entry, heap[child] as Entry)) child++;
      if (!before(heap[child] as Entry, entry)) break;
      heap[index] = heap[child] as Entry;
      index = child;
    }
    heap[index] = entry;
  }

  return {
    get size() {
      return heap.length;
    },
    add(due, render) {
      heap.push({ due, order: order++, render });
      up(heap.length - 1);
    },
    take(now) {
      const first = heap[0];
      if (!first || (first.due > now && heap.length <= limit)) return undefined;
      const last = heap.pop() as Entry;
      if (heap.length > 0) down(last);
      return first.render;
    },
  };
}
