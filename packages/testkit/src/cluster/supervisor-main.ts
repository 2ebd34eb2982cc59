// Holds a running cluster: started by `cluster up`, which it tells its progress over IPC, and asked over its control
// socket from then on. When it ends, however it ends, nothing of the cluster is left.
import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { startCluster } from './cluster.ts';
import { controlSocket, openControl, supervisorLog } from './control.ts';
import { parseCall } from './options.ts';
import type { SupervisorMessage } from './supervisor.ts';

const call = parseCall(process.argv.slice(2));
if (call === undefined) throw new Error('the supervisor is started by cluster up');
const { options } = call;
let ready = false;

function tell(message: SupervisorMessage): void {
  if (process.connected) process.send?.(message);
}

// Whoever asked for the cluster went away before it was up: the keeper takes everything down when we end.
process.on('disconnect', () => {
  if (!ready) process.exit(1);
});

try {
  const cluster = await startCluster(options, (text) => tell({ type: 'progress', text }));
  let ending: Promise<void> | undefined;
  const control = await openControl(controlSocket(options.portBase), {
    status: async () => ({ pid: process.pid, url: cluster.url, parts: [...(await cluster.status())] }),
    logs: async (part) => cluster.part(part)?.logs(200),
    async fault(fault, part) {
      const service = cluster.part(part);
      await service?.[fault]();
      return service !== undefined;
    },
    environment: () => cluster.environment,
    revive: () => cluster.revive(),
    down() {
      ending ??= cluster.stop();
      return ending;
    },
  });
  const end = async () => {
    ending ??= cluster.stop();
    await ending;
    await control.close();
    await rm(supervisorLog(options.portBase), { force: true });
    process.exit(0);
  };
  process.on('SIGTERM', () => void end());
  process.on('SIGINT', () => void end());
  ready = true;
  tell({ type: 'ready', url: cluster.url, password: cluster.password, caFile: cluster.caFile });
  if (process.connected) process.disconnect();
  while (ending === undefined) await delay(200);
  await end();
} catch (error) {
  tell({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
  process.exitCode = 1;
  if (process.connected) process.disconnect();
}
