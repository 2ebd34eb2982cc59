import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { PipelineState } from '@logmaster/core/api/health';
import { dataLayout } from '@logmaster/core/config/data-layout';
import { FULL_SCOPE } from '@logmaster/core/scope';
import { openDuckDbReader } from '@logmaster/search/open';
import { createLogger } from '@logmaster/telemetry/logger';
import { untilPipeline } from '@logmaster/testkit/ingest';
import { ROOT } from '@logmaster/testkit/root';
import { type IngestUnderTest, say, withIngest } from './ingest-under-test.ts';
import { cpuSeconds, runLoad } from './processes.ts';
import { atLeast, atMost, type BenchResult, reported } from './result.ts';

const RATE = 20_000;
const SECONDS = 60;
/** Segments close while the load runs, so that sealing is part of the work. */
const SEGMENT_SECONDS = 15;
const DRAIN_SECONDS = 300;
/** A backlog that is gone by then is the batch under way, one that is not has grown all the time. */
const DRAIN_GOAL_SECONDS = 10;

/** 20 000 records/s over four TCP connections for a minute with parsing, indexing and sealing on, then the drain. */
export async function measureThroughput(): Promise<readonly BenchResult[]> {
  say(`sustained: ${RATE} records/s for ${SECONDS} s`);
  return withIngest(SEGMENT_SECONDS, async (under) => {
    const { ingest, syslogPort } = under;
    const cpuBefore = cpuSeconds(ingest.pid);
    const watch = watchBacklog(under);
    const load = await runLoad({ port: syslogPort, rate: RATE, seconds: SECONDS });
    const loadEnded = performance.now();
    const backlog = watch.stop();
    const end = await untilPipeline(
      ingest,
      (state) => state.journaled === load.sent && state.pending === 0,
      DRAIN_SECONDS,
    );
    const drained = (performance.now() - loadEnded) / 1000;
    const cpu = cpuSeconds(ingest.pid) - cpuBefore;
    const sealed = await untilPipeline(ingest, (state) => state.sealed.records === load.sent, DRAIN_SECONDS);
    const found = await countIndexed(under.data);
    const lost = load.sent - Math.min(end.journaled, found, sealed.sealed.records);
    return [
      atLeast(`taken over TCP for ${SECONDS} s`, load.sent / load.seconds, 'records/s', RATE * 0.99),
      atMost('lost (sent, but not journaled, found by a search, or sealed)', lost, 'records', 0),
      reported('largest backlog of the index while sending', backlog.records, 'records'),
      reported('index behind at most, while sending', backlog.seconds, 's'),
      atMost('drain after the last record (more means it was not sustained)', drained, 's', DRAIN_GOAL_SECONDS),
      reported('CPU of collector and processor', (cpu / load.sent) * 1e6, 'CPU-s per million records'),
    ];
  });
}

/** As fast as ingest takes it, for the ceiling: what it journals, and what it also gets into the index in that time. */
export async function measureCeiling(): Promise<readonly BenchResult[]> {
  const seconds = 20;
  say(`ceiling: as fast as it goes for ${seconds} s`);
  return withIngest(SEGMENT_SECONDS, async ({ ingest, syslogPort }) => {
    const began = performance.now();
    const load = await runLoad({ port: syslogPort, rate: 0, seconds });
    await untilPipeline(ingest, (state) => state.journaled === load.sent && state.pending === 0, DRAIN_SECONDS);
    return [
      reported('received as fast as it goes', load.sent / load.seconds, 'records/s'),
      reported('received and indexed, drain included', load.sent / ((performance.now() - began) / 1000), 'records/s'),
    ];
  });
}

export function watchBacklog({ ingest }: IngestUnderTest) {
  let watching = true;
  let records = 0;
  let seconds = 0;
  const loop = (async () => {
    while (watching) {
      const state: PipelineState = await ingest.pipeline();
      records = Math.max(records, state.pending);
      seconds = Math.max(seconds, state.lag_seconds.index);
      await delay(500);
    }
  })();
  // A failure here shows again in what the benchmark asks next.
  loop.catch(() => undefined);
  return {
    stop() {
      watching = false;
      return { records, seconds };
    },
  };
}

export async function countIndexed(data: string): Promise<number> {
  const store = openDuckDbReader({
    indexDir: dataLayout(data).index,
    memoryMb: 512,
    hostModule: path.join(ROOT, 'packages', 'search', 'src', 'duckdb', 'host.ts'),
    logger: createLogger('bench', 'warn'),
  });
  await store.start();
  try {
    return await store.count({ text: '', scope: FULL_SCOPE });
  } finally {
    await store.stop();
  }
}
