import path from 'node:path';
import type { PipelineState } from '@logmaster/core/api/health';
import { untilPipeline } from '@logmaster/testkit/ingest';
import { say, withIngest } from './ingest-under-test.ts';
import { runSender } from './processes.ts';
import { atMost, type BenchResult, reported } from './result.ts';

const RATE = 60_000;
const SECONDS = 10;
const FLOOD_SECONDS = 5;
const SETTLE_SECONDS = 300;

const droppedIn = ({ dropped }: PipelineState) => Object.values(dropped).reduce((sum, count) => sum + count, 0);

/** Datagrams of 700 bytes from one sender: none may be lost at 60 000/s, and above that each loss is counted. */
export async function measureUdp(): Promise<readonly BenchResult[]> {
  say(`UDP: ${RATE} datagrams/s for ${SECONDS} s, then as many as go for ${FLOOD_SECONDS} s`);
  const at = await withIngest(3600, async ({ ingest, syslogPort }) => {
    const load = await runUdpLoad(syslogPort, RATE, SECONDS);
    const state = await untilPipeline(ingest, ({ seen }) => seen >= load.sent, SETTLE_SECONDS);
    return [
      reported('receive buffer that was granted', (state.udp?.granted_bytes ?? 0) / 2 ** 20, 'MiB'),
      reported('UDP, sent', load.sent / load.seconds, 'datagrams/s'),
      atMost(`UDP, dropped of ${load.sent}`, droppedIn(state), 'datagrams', 0),
      atMost('UDP, neither journaled nor counted as dropped', load.sent - state.seen, 'datagrams', 0),
    ];
  });
  const above = await withIngest(3600, async ({ ingest, syslogPort }) => {
    const load = await runUdpLoad(syslogPort, 0, FLOOD_SECONDS);
    const state = await untilPipeline(ingest, ({ seen }) => seen >= load.sent, SETTLE_SECONDS);
    const missing = Math.abs(load.sent - state.seen) + Math.abs(state.seen - state.journaled - droppedIn(state));
    return [
      reported('UDP flood, sent', load.sent / load.seconds, 'datagrams/s'),
      reported('UDP flood, journaled', state.journaled, 'datagrams'),
      reported('UDP flood, dropped and counted', droppedIn(state), 'datagrams'),
      atMost('UDP flood, sent and neither journaled nor counted', missing, 'datagrams', 0),
    ];
  });
  return [...at, ...above];
}

function runUdpLoad(port: number, rate: number, seconds: number): Promise<{ sent: number; seconds: number }> {
  const args = ['--port', String(port), '--rate', String(rate), '--seconds', String(seconds)];
  return runSender(path.join(import.meta.dirname, 'udp-load.ts'), args);
}
