import type { CoverageAnswer } from '@logmaster/core/coverage/window';
import { AppError } from '@logmaster/core/errors';
import { createEvents } from '@logmaster/telemetry/events';
import { createLogger, type Logger } from '@logmaster/telemetry/logger';
import { createRegistry } from '@logmaster/telemetry/metrics';
import { expect, it } from 'vitest';
import { Coverage } from './coverage.ts';
import { CoverageReporter } from './coverage-reporter.ts';

const DRIFT = { kinds: ['score' as const], score: 0.5, usualScore: 0.98, missing: [] };

function reporterOf(answers: (CoverageAnswer | undefined)[]) {
  const logger = createLogger('test', 'silent');
  const lines: unknown[] = [];
  for (const level of ['info', 'warn'] as const)
    logger[level] = ((fields: unknown) => lines.push(fields)) as Logger['info'];
  const events = createEvents(logger, createRegistry());
  const directory = {
    async reportCoverage() {
      const answer = answers.shift();
      if (answer === undefined) throw new AppError('DATABASE_UNAVAILABLE');
      return answer;
    },
  };
  return {
    events,
    lines,
    reporter: new CoverageReporter({ coverage: new Coverage(), directory, clock: () => 0, events }),
  };
}

it('tells a drift when it begins and when it ends, and how many there are', async () => {
  const device = { deviceId: 'd1', name: 'fw', since: 1_795_000_000_000_000 };
  const { events, lines, reporter } = reporterOf([
    { changes: [{ ...device, drift: DRIFT }], drifting: 2 },
    { changes: [], drifting: 2 },
    { changes: [{ ...device, drift: null }], drifting: 1 },
  ]);
  const told = () => [events.count('parse_drift_began'), events.count('parse_drift_ended'), reporter.drifting];
  await reporter.step();
  await reporter.step();
  expect(told()).toEqual([1, 0, 2]);
  await reporter.step();
  expect(told()).toEqual([1, 1, 1]);
  // Whose, since when, from what to what: what an alert has to say.
  const about = { device: 'd1', name: 'fw', since: '2026-11-18T11:06:40.000Z' };
  expect(lines).toEqual([
    { event: 'parse_drift_began', ...about, kinds: ['score'], score: 0.5, usual_score: 0.98, missing_fields: [] },
    { event: 'parse_drift_ended', ...about },
  ]);
});

it('a database that is away is said, and not asked again at once', async () => {
  const { events, reporter } = reporterOf([undefined, { changes: [], drifting: 3 }]);
  expect(await reporter.step()).toBe(false);
  expect(await reporter.step()).toBe(false);
  expect([events.count('coverage_failed'), reporter.drifting]).toEqual([1, 0]);
});
