/** As tests/bench/result.ts, which packages may not import. */
export interface BenchResult {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly goal: string | null;
  readonly holds: boolean | null;
}

const BURSTS = 50;
/** Windows in which other work takes the caches last up to some seconds. */
const TURNS = 5;
/** Bursts before those that count, a part of them. */
const WARM_UP = 0.4;
/** Records of a slice: short enough to have the core for itself, long enough for the clock. */
const SLICE = 256;

export interface Rates {
  /** Records a second. */
  readonly best: number;
  readonly median: number;
  /** Of CPU, for a million records. */
  readonly cpuSeconds: number;
}

/**
 * Records a second on one core. The best of many short slices, so that other work on the machine does not count; the median
 * and the CPU's time are told beside it.
 * @param read reads the records [from, to)
 */
export function measure(records: number, read: (from: number, to: number) => void, bursts = BURSTS): Rates {
  const warmUp = Math.ceil(bursts * WARM_UP);
  const rates: number[] = [];
  let cpu: NodeJS.CpuUsage | undefined;
  for (let index = 0; index < bursts + warmUp; index++) {
    if (index === warmUp) cpu = process.cpuUsage();
    for (let from = 0; from < records; from += SLICE) {
      const to = Math.min(records, from + SLICE);
      const began = performance.now();
      read(from, to);
      if (index >= warmUp) rates.push(((to - from) / (performance.now() - began)) * 1000);
    }
  }
  const { user, system } = process.cpuUsage(cpu);
  rates.sort((a, b) => b - a);
  return {
    best: rates[0] as number,
    median: rates[Math.floor(rates.length / 2)] as number,
    cpuSeconds: (user + system) / (records * bursts),
  };
}

/**
 * Several measures in turns: other work on the machine slows what reads much memory for seconds on end, in which even the best
 * slice is slow. Medians and CPU times are those of the median turn.
 * @param measures each of so many bursts
 * @param bursts of each measure, in all its turns
 */
export function inTurns(measures: readonly ((bursts: number) => Rates)[], bursts = BURSTS): Rates[] {
  const turns = Array.from({ length: TURNS }, () => measures.map((one) => one(bursts / TURNS)));
  const middle = (values: number[]) => values.toSorted((a, b) => a - b)[TURNS >> 1] as number;
  return measures.map((_, index) => {
    const rates = turns.map((turn) => turn[index] as Rates);
    return {
      best: Math.max(...rates.map(({ best }) => best)),
      median: middle(rates.map(({ median }) => median)),
      cpuSeconds: middle(rates.map(({ cpuSeconds }) => cpuSeconds)),
    };
  });
}

export function reported(name: string, value: number, unit: string): BenchResult {
  return { name, value, unit, goal: null, holds: null };
}

/** The rows of one measure. */
export function rateRows(name: string, { best, median, cpuSeconds }: Rates, goal: number | null): BenchResult[] {
  return [
    {
      ...reported(`${name}, best slice`, Math.round(best), 'records/s'),
      goal: goal === null ? null : `≥ ${goal}`,
      holds: goal === null ? null : best >= goal,
    },
    reported(`${name}, median`, Math.round(median), 'records/s'),
    reported(`${name}, CPU for a million`, round(cpuSeconds), 'CPU-s'),
  ];
}

/** µs for one record, of the best burst. */
export function timeRow(name: string, { best }: Rates, goal: number | null): BenchResult {
  const micros = 1_000_000 / best;
  return {
    ...reported(name, round(micros), 'µs'),
    goal: goal === null ? null : `≤ ${goal}`,
    holds: goal === null ? null : micros <= goal,
  };
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}
