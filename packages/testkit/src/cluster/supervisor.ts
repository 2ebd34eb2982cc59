import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { tailOf } from '../services/process/tail.ts';

export type SupervisorMessage =
  | { readonly type: 'progress'; readonly text: string }
  | { readonly type: 'ready'; readonly url: string; readonly password: string; readonly caFile: string }
  | { readonly type: 'failed'; readonly message: string };

export type ReadyMessage = Extract<SupervisorMessage, { type: 'ready' }>;

const MAIN = path.join(import.meta.dirname, 'supervisor-main.ts');

/** A part that could not be started; the message is complete and everything else has been stopped. */
export class ClusterFailed extends Error {
  override readonly name = 'ClusterFailed';
}

const WORDS_LINES = 20;

/**
 * Starts a supervisor that outlives this process once the cluster is up. It writes to `logFile` and removes it at its
 * end. Throws ClusterFailed.
 */
export async function launchSupervisor(
  args: readonly string[],
  logFile: string,
  say: (text: string) => void,
): Promise<ReadyMessage> {
  const log = openSync(logFile, 'w', 0o600);
  const child = spawn(process.execPath, [MAIN, ...args], {
    cwd: '/',
    // Neither the terminal's Ctrl-C nor the end of this process reaches it; it hears of the latter by its channel.
    detached: true,
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  try {
    return await new Promise<ReadyMessage>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => reject(new ClusterFailed(`the supervisor ended with code ${code}`)));
      child.on('message', (message: SupervisorMessage) => {
        if (message.type === 'progress') say(message.text);
        if (message.type === 'failed') reject(new ClusterFailed(message.message));
        if (message.type === 'ready') resolve(message);
      });
    });
  } catch (error) {
    const words = await tailOf(logFile, WORDS_LINES);
    await rm(logFile, { force: true });
    throw words && error instanceof Error ? new ClusterFailed(`${error.message}\n${words}`, { cause: error }) : error;
  } finally {
    child.removeAllListeners();
    if (child.connected) child.unref();
  }
}
