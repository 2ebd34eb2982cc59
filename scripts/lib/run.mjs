import { spawn } from 'node:child_process';
import { LauncherError, say } from './say.mjs';

/** Last bytes of a quiet command's output, shown when it fails. */
const TAIL_BYTES = 8_192;
/** A command without news says every so often that it is still at work. */
const HEARTBEAT_MS = 10_000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a command and resolves with { code, seconds, tail }. `show` streams its output; otherwise the output is kept
 * for the failure message and a line a few seconds tells that it is still running.
 */
export function run([command, ...args], { title, cwd, env, show = false }) {
  const began = Date.now();
  const seconds = () => Math.round((Date.now() - began) / 1000);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env, stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
    let tail = '';
    const keep = (chunk) => {
      tail = (tail + chunk).slice(-TAIL_BYTES);
    };
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    let interrupted = false;
    const interrupt = (signal) => {
      interrupted = true;
      child.kill(signal);
    };
    for (const signal of SIGNALS) process.on(signal, interrupt);
    const heartbeat = show ? undefined : setInterval(() => say(`  ${title}: ${seconds()} s so far`), HEARTBEAT_MS);
    const cleanUp = () => {
      clearInterval(heartbeat);
      for (const signal of SIGNALS) process.off(signal, interrupt);
    };
    child.once('error', (error) => {
      cleanUp();
      reject(new LauncherError(`${title}: ${command} cannot be run (${error.message})`));
    });
    child.once('close', (code, signal) => {
      cleanUp();
      if (interrupted) {
        reject(new LauncherError(`${title} was interrupted.`));
        return;
      }
      resolve({ code: code ?? 1, signal, seconds: seconds(), tail });
    });
  });
}

/** As `run`, but a command that fails ends the launcher with what it printed last. */
export async function mustRun(command, options) {
  const result = await run(command, options);
  if (result.code === 0) return result;
  const why = result.signal ? `was ended by ${result.signal}` : `failed with code ${result.code}`;
  throw new LauncherError(`${options.title} ${why}.\n${result.tail.trimEnd()}`);
}
