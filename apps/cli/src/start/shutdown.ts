import type { ChildProcess } from 'node:child_process';
import { killGroup } from './process/supervised.ts';

/**
 * When to stop: SIGTERM or SIGINT, or the launcher being gone (its IPC channel closes, however it ended). A second
 * signal within the stop changes nothing; SIGQUIT, the launcher's last resort, ends every process at once: what is in
 * the journal is recovered at the next start.
 */
export function stopSignal(children: ReadonlySet<ChildProcess>, say: (text: string) => void): AbortSignal {
  const controller = new AbortController();
  const stop = (why: string) => {
    if (controller.signal.aborted) return;
    say(`Stopping LogMaster${why} …`);
    controller.abort();
  };
  process.on('SIGTERM', () => stop(''));
  process.on('SIGINT', () => stop(''));
  process.on('disconnect', () => stop(', because its launcher is gone'));
  process.channel?.unref();
  process.on('SIGQUIT', () => {
    say('LogMaster is ended by force.');
    for (const child of children) killGroup(child, 'SIGKILL');
    process.exit(1);
  });
  return controller.signal;
}

/** Resolves when LogMaster is asked to stop, at once if it was already. */
export function untilStopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
