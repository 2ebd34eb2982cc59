const POLL_MS = 500;

/**
 * Calls `onGone` when the npm that runs us (package.json: `exec node …`, so that no shell stands between) is gone:
 * killed, it could pass no signal on, and who killed it expects that LogMaster stops too. Not started by npm: nothing
 * is watched, so that `node scripts/start.mjs &` outlives the script it stands in.
 */
export function whenNpmIsGone(onGone) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const npm = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === npm) return;
    clearInterval(timer);
    onGone();
  }, POLL_MS);
  timer.unref();
}
