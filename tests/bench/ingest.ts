import { measureAway } from './away.ts';
import { measureIdle } from './idle.ts';
import { measureLatency, measureLoadedLatency } from './latency.ts';
import type { BenchResult } from './result.ts';
import { measureSustained } from './sustained.ts';
import { measureCeiling, measureThroughput } from './throughput.ts';
import { measureUdp } from './udp.ts';

const PARTS = {
  latency: measureLatency,
  loaded: measureLoadedLatency,
  sustained: measureSustained,
  udp: measureUdp,
  away: measureAway,
  throughput: measureThroughput,
  ceiling: measureCeiling,
  idle: measureIdle,
};

/**
 * `npm run bench -- ingest`: the main job under load. `LOGMASTER_BENCH=latency,idle` runs only these parts. Everything runs on
 * this machine, the sender included: its CPU is not counted, but it takes a share of the cores.
 */
export default async function run(): Promise<BenchResult[]> {
  const wanted = process.env.LOGMASTER_BENCH?.split(',');
  const results: BenchResult[] = [];
  for (const [name, measure] of Object.entries(PARTS)) {
    if (!wanted || wanted.includes(name)) results.push(...(await measure()));
  }
  return results;
}
