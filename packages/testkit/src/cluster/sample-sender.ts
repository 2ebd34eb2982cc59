import path from 'node:path';
import type { Keeper } from '../keeper/keeper.ts';
import { processService } from '../services/process/process-service.ts';
import { LOOPBACK, type Service } from '../services/process/service.ts';
import { ROOT } from '../stack.ts';

const SAMPLE_MAIN = path.join(ROOT, 'packages', 'sample', 'src', 'main.ts');
/** Records a second in working hours, as `npm start -- --sample`. */
const RATE = 20;

/**
 * Sample traffic of four devices, sent to the ingest node itself: datagrams come through the load balancer with its own
 * address, and all would be one device.
 */
export async function createSampleSender(keeper: Keeper, port: number): Promise<Service> {
  return processService({
    keeper,
    name: 'sample',
    address: { host: LOOPBACK, port },
    // It listens nowhere: the port is the receiver's.
    checkPort: false,
    command: process.execPath,
    args: [SAMPLE_MAIN, '--host', LOOPBACK, '--port', `${port}`, '--rate', `${RATE}`],
    cwd: await keeper.makeFolder('sample', { asRoot: true }),
    asRoot: true,
    component: 'openssl',
    probe: async () => undefined,
  });
}
