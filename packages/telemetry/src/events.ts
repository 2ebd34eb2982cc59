import { Counter, type Registry } from 'prom-client';
import { EVENT_TABLE, type EventName } from './event-table.ts';
import type { Logger } from './logger.ts';

export interface Events {
  /** @param amount how many times it happened; the line is written once. */
  emit(name: EventName, fields?: Readonly<Record<string, unknown>>, amount?: number): void;
  count(name: EventName): number;
}

/** A flood of one event may not fill the disk: it is written at most this often, with the number left out. */
const LINE_EVERY_MS = 1000;
const LINES_PER_WINDOW = 20;

interface Tally {
  total: number;
  windowStart: number;
  lines: number;
  suppressed: number;
}

/** The one place facts leave by: a log line and a counter each. */
export function createEvents(logger: Logger, registry: Registry, now: () => number = () => performance.now()): Events {
  const tallies = new Map<EventName, Tally>();
  const counters = new Map<EventName, Counter>();
  for (const name of Object.keys(EVENT_TABLE) as EventName[]) {
    tallies.set(name, { total: 0, windowStart: Number.NEGATIVE_INFINITY, lines: 0, suppressed: 0 });
    counters.set(
      name,
      new Counter({ name: `logmaster_${name}_total`, help: EVENT_TABLE[name].text, registers: [registry] }),
    );
  }
  return {
    emit(name, fields = {}, amount = 1) {
      const tally = tallies.get(name) as Tally;
      tally.total += amount;
      counters.get(name)?.inc(amount);
      const at = now();
      if (at - tally.windowStart >= LINE_EVERY_MS) {
        tally.windowStart = at;
        tally.lines = 0;
      }
      if (tally.lines >= LINES_PER_WINDOW) {
        tally.suppressed += 1;
        return;
      }
      tally.lines += 1;
      const left = tally.suppressed > 0 ? { lines_left_out: tally.suppressed } : {};
      tally.suppressed = 0;
      logger[EVENT_TABLE[name].level]({ event: name, ...fields, ...left }, EVENT_TABLE[name].text);
    },
    count: (name) => tallies.get(name)?.total ?? 0,
  };
}
