import net from 'node:net';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { dataLayout } from '@logmaster/core/config/data-layout';
import { FULL_SCOPE } from '@logmaster/core/scope';
import { openDuckDbReader } from '@logmaster/search/open';
import { createLogger } from '@logmaster/telemetry/logger';
import { ROOT } from '@logmaster/testkit/root';
import { say, withIngest } from './ingest-under-test.ts';
import { LINE_BYTES } from './line-bytes.ts';
import { runLoad } from './processes.ts';
import { atMost, type BenchResult, quantile, reported } from './result.ts';

const RATE = 1000;
const LOADED_RATE = 50_000;
const SECONDS = 30;
const MARKS_PER_SECOND = 10;
const POLL_MILLIS = 50;
/** A mark that is not found by then is counted with this latency, so that it can't go unseen. */
const GIVE_UP_SECONDS = 30;

/**
 * Receive to searchable: while 1 000 records/s arrive, ten marked ones a second are sent, and a reader like the web's
 * asks for them again and again. The latency of a mark is the time from its write to the end of the first search that
 * returned it: polling interval and search time are in it.
 */
export function measureLatency(): Promise<readonly BenchResult[]> {
  return latencyAt(RATE, SECONDS, (all) => [
    atMost(`receive to searchable at ${RATE} records/s, maximum of ${all.length}`, Math.max(...all), 's', 5),
  ]);
}

/** The same at half the load that ingest is meant for, on its lines. */
export function measureLoadedLatency(): Promise<readonly BenchResult[]> {
  return latencyAt(LOADED_RATE, SECONDS, (all) => [
    atMost(`receive to searchable at ${LOADED_RATE} records/s, 99 % of ${all.length}`, quantile(all, 0.99), 's', 3),
  ]);
}

async function latencyAt(
  rate: number,
  seconds: number,
  goals: (all: readonly number[]) => readonly BenchResult[],
): Promise<readonly BenchResult[]> {
  say(`receive to searchable: ${rate} records/s for ${seconds} s`);
  return withIngest(10, async ({ data, syslogPort }) => {
    const store = openDuckDbReader({
      indexDir: dataLayout(data).index,
      memoryMb: 512,
      hostModule: path.join(ROOT, 'packages', 'search', 'src', 'duckdb', 'host.ts'),
      logger: createLogger('bench', 'warn'),
    });
    await store.start();
    const sentAt = new Map<number, number>();
    const latencies = new Map<number, number>();
    const socket = net.connect({ host: '127.0.0.1', port: syslogPort, localAddress: '127.0.60.1' });
    const marker = setInterval(() => {
      const mark = sentAt.size + 1;
      sentAt.set(mark, performance.now());
      socket.write(`<134>1 ${new Date().toISOString()} bench-mark bench - - - mark=${mark} end\n`);
    }, 1000 / MARKS_PER_SECOND);

    let loading = true;
    const load = runLoad({ port: syslogPort, rate, seconds, lineBytes: LINE_BYTES }).finally(() => {
      loading = false;
      clearInterval(marker);
    });
    const deadline = performance.now() + (seconds + GIVE_UP_SECONDS) * 1000;
    while ((loading || latencies.size < sentAt.size) && performance.now() < deadline) {
      const from = (Date.now() - GIVE_UP_SECONDS * 1000) * 1000;
      const query = { text: 'log.syslog.hostname:bench-mark', from, scope: FULL_SCOPE };
      const { events } = await store.search(query, { size: GIVE_UP_SECONDS * MARKS_PER_SECOND });
      const now = performance.now();
      for (const event of events) {
        const mark = Number(/mark=(\d+) end/.exec(event['event.original'] ?? '')?.[1]);
        const sent = sentAt.get(mark);
        if (sent !== undefined && !latencies.has(mark)) latencies.set(mark, (now - sent) / 1000);
      }
      await delay(POLL_MILLIS);
    }
    await load;
    socket.destroy();
    await store.stop();
    const all = [...sentAt.keys()].map((mark) => latencies.get(mark) ?? GIVE_UP_SECONDS);
    return [
      ...goals(all),
      reported('receive to searchable, 99 %', quantile(all, 0.99), 's'),
      reported('receive to searchable, median', quantile(all, 0.5), 's'),
    ];
  });
}
