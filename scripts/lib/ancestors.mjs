import { readFileSync } from 'node:fs';

const POLL_MS = 500;

function parentOf(pid) {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    // No /proc (macOS), or the process is gone: nothing to watch there.
    return undefined;
  }
}

/**
 * Calls `onGone` when npm, or the shell it runs scripts in, is gone. A signal sent to npm alone ends that shell without
 * reaching us; who stopped npm expects that LogMaster stops too. Not started by npm: nothing is watched, so that
 * `node scripts/start.mjs &` outlives the script it stands in.
 */
export function whenNpmIsGone(onGone) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const shell = process.ppid;
  const npm = parentOf(shell);
  const timer = setInterval(() => {
    if (process.ppid === shell && (npm === undefined || parentOf(shell) === npm)) return;
    clearInterval(timer);
    onGone();
  }, POLL_MS);
  timer.unref();
}
