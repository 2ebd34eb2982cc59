import { dataLayout } from '@logmaster/core/config/data-layout';
import { verifyPath } from '@logmaster/signing/verify/verify';
import { untilPipeline } from '@logmaster/testkit/ingest';
import { say, withIngest } from './ingest-under-test.ts';
import { LINE_BYTES } from './line-bytes.ts';
import { measureOthers } from './other-receivers.ts';
import { cpuSeconds, runLoad, watchMemory, workerCpuSeconds } from './processes.ts';
import { atLeast, atMost, type BenchResult, reported } from './result.ts';
import { countIndexed, watchBacklog } from './throughput.ts';

const RATE = Number(process.env.LOGMASTER_BENCH_RATE ?? 100_000);
const SECONDS = Number(process.env.LOGMASTER_BENCH_SECONDS ?? 60);
const SEGMENT_SECONDS = 15;
const DRAIN_SECONDS = 600;
const CPU_GOAL = 12;
const WORKER_MEMORY_GOAL_MIB = 400;

/**
 * The whole job at line rate, 700-byte FortiGate lines over four TCP connections: journal, parse, Parquet, Merkle trees,
 * seals. Lost is what was sent and is not journaled, found by a search, and sealed in an archive that verifies.
 */
export async function measureSustained(): Promise<readonly BenchResult[]> {
  say(`sustained: ${RATE} records/s for ${SECONDS} s`);
  const own = await withIngest(SEGMENT_SECONDS, async (under) => {
    const { ingest, syslogPort, data } = under;
    const before = cpuSeconds(ingest.pid);
    const watch = watchBacklog(under);
    const memory = watchMemory(ingest.pid);
    const load = await runLoad({ port: syslogPort, rate: RATE, seconds: SECONDS, lineBytes: LINE_BYTES });
    const ended = performance.now();
    const backlog = watch.stop();
    const end = await untilPipeline(
      ingest,
      (state) => state.journaled === load.sent && state.pending === 0,
      DRAIN_SECONDS,
    );
    const drained = (performance.now() - ended) / 1000;
    const perMillion = 1e6 / load.sent;
    const cpu = (cpuSeconds(ingest.pid) - before) * perMillion;
    const collector = workerCpuSeconds(ingest.pid) * perMillion;
    const resident = memory.stop();
    const sealed = await untilPipeline(ingest, (state) => state.sealed.records === load.sent, DRAIN_SECONDS);
    const found = await countIndexed(data);
    const report = await verifyPath(dataLayout(data).archive, { tsaAnchors: [], pinnedSigners: [] });
    if (!report.holds) say(`the archive does not verify: ${report.findings[0]?.message}`);
    const lost = load.sent - Math.min(end.journaled, found, report.holds ? sealed.sealed.records : 0);
    return [
      reported('bytes a line, framing included', load.bytesPerLine, 'bytes'),
      atLeast(`taken over TCP for ${SECONDS} s`, load.sent / load.seconds, 'records/s', RATE * 0.99),
      atMost('lost (sent, but not journaled, found by a search, or sealed)', lost, 'records', 0),
      reported('largest backlog of the index while sending', backlog.records, 'records'),
      reported('index behind at most, while sending', backlog.seconds, 's'),
      reported('drain after the last record', drained, 's'),
      reported('received and indexed, drain included', load.sent / (load.seconds + drained), 'records/s'),
      atMost('CPU of collector and processor', cpu, 'CPU-s per million records', CPU_GOAL),
      reported('of it the receiving workers', collector, 'CPU-s per million records'),
      atMost('resident at most, a receiving worker', resident.worker, 'MiB', WORKER_MEMORY_GOAL_MIB),
      reported('resident at most, all other processes of ingest', resident.others, 'MiB'),
      reported('CPU of the sender', load.cpuSeconds * perMillion, 'CPU-s per million records'),
    ];
  });
  return [...own, ...(await measureOthers({ rate: RATE, seconds: Math.min(SECONDS, 30), lineBytes: LINE_BYTES }))];
}
