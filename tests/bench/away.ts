import { untilPipeline } from '@logmaster/testkit/ingest';
import { say, withIngest } from './ingest-under-test.ts';
import { LINE_BYTES } from './line-bytes.ts';
import { runLoad, watchMemory } from './processes.ts';
import { atMost, type BenchResult, reported } from './result.ts';

const RATE = Number(process.env.LOGMASTER_BENCH_AWAY_RATE ?? 20_000);
const SECONDS = Number(process.env.LOGMASTER_BENCH_SECONDS ?? 60);
const WORKER_MEMORY_GOAL_MIB = 400;
const SETTLE_SECONDS = 120;
/** Where nobody answers. */
const NOBODY = 'http://127.0.0.1:9';

/** The index is away all the time: records are journaled and sealed, and memory does not grow with what waits. */
export async function measureAway(): Promise<readonly BenchResult[]> {
  say(`index away: ${RATE} records/s for ${SECONDS} s`);
  const environment = { ELASTICSEARCH_URLS: NOBODY };
  return withIngest(
    15,
    async ({ ingest, syslogPort }) => {
      const memory = watchMemory(ingest.pid);
      const load = await runLoad({ port: syslogPort, rate: RATE, seconds: SECONDS, lineBytes: LINE_BYTES });
      const end = await untilPipeline(ingest, ({ journaled }) => journaled === load.sent, SETTLE_SECONDS);
      const { worker, others } = memory.stop();
      return [
        atMost('index away, sent and not journaled', load.sent - end.journaled, 'records', 0),
        reported('index away, waiting at the end', end.pending, 'records'),
        atMost('index away, resident at most, a receiving worker', worker, 'MiB', WORKER_MEMORY_GOAL_MIB),
        reported('index away, resident at most, all other processes of ingest', others, 'MiB'),
      ];
    },
    environment,
  );
}
