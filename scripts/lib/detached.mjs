import { spawn } from 'node:child_process';
import { whenNpmIsGone } from './ancestors.mjs';
import { say } from './say.mjs';

/** One press of Ctrl-C can arrive twice: from the terminal and from npm, which passes it on. */
const SAME_PRESS_MS = 1_000;
/** After a forced stop the child has this long before it is killed. */
const FORCE_MS = 5_000;

/**
 * Runs a command in its own process group, so that Ctrl-C reaches only this launcher, which asks the child to stop
 * and waits. An IPC channel tells the child when the launcher is gone. Resolves with the child's exit code.
 */
export function runDetached([command, ...args], { cwd, env }) {
  const child = spawn(command, args, { cwd, env, detached: true, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  let asked = 0;
  let lastAsk = 0;

  function ask(signal) {
    const now = Date.now();
    if (now - lastAsk < SAME_PRESS_MS) return;
    lastAsk = now;
    asked += 1;
    if (asked === 1) {
      child.kill('SIGTERM');
    } else if (asked === 2 && signal === 'SIGINT') {
      say('LogMaster is still stopping: it finishes writing what it has received.');
      say('Press Ctrl-C once more to force it; what is in the journal is recovered at the next start.');
    } else {
      child.kill('SIGQUIT');
      setTimeout(() => child.kill('SIGKILL'), FORCE_MS).unref();
    }
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => ask(signal));
  whenNpmIsGone(() => {
    if (asked === 0) ask('SIGTERM');
  });

  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (signal) say(`LogMaster was ended by ${signal}. Start it again: nothing that was acknowledged is lost.`);
      resolve(code ?? 1);
    });
  });
}
