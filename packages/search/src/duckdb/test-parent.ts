import { createLogger } from '@logmaster/telemetry/logger';
import { DuckDbReader } from './reader.ts';

/** A process with a host, for the test that kills it. Arguments: host module, index folder. */
const [hostModule, indexDir] = process.argv.slice(2) as [string, string];
const reader = new DuckDbReader({ indexDir, memoryMb: 64, hostModule, logger: createLogger('test', 'fatal') });
await reader.start();
process.send?.(reader.hostPid);
