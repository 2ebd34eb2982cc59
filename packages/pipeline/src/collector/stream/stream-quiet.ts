import type { Connection } from './connection.ts';

/** At a stop: what the kernel still holds is read until nothing has come for this long, at most the deadline. */
const QUIET_MS = 100;
const DRAIN_MS = 2000;

/** @param lastData when bytes came last, over all connections, as `performance.now` */
export async function readUntilQuiet(connections: ReadonlySet<Connection>, lastData: () => number): Promise<void> {
  const began = performance.now();
  const reading = () => [...connections].some((connection) => !connection.closing);
  while (reading() && performance.now() < began + DRAIN_MS) {
    if (performance.now() - Math.max(began, lastData()) > QUIET_MS) break;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Last words are in the kernel's hands, or their receiver does not take them. */
export async function flushed(connections: ReadonlySet<Connection>): Promise<void> {
  const deadline = performance.now() + QUIET_MS;
  const unsent = () => [...connections].some(({ socket }) => !socket.destroyed && socket.writableLength > 0);
  while (unsent() && performance.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 5));
}
