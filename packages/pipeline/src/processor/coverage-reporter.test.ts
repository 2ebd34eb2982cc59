import type { CoverageAnswer } from '@logmaster/core/coverage/window';
import { AppError } from '@logmaster/core/errors';
import { createEvents } from '@logmaster/telemetry/events';
import { createLogger } from '@logmaster/telemetry/logger';
import { createRegistry } from '@logmaster/telemetry/metrics';
import { expect, it } from 'vitest';
import { Coverage } from './coverage.ts';
import { CoverageReporter } from './coverage-reporter.ts';

const DRIFT = { kinds: ['score' as const], score: 0.5, usualScore: 0.98, missing: [] };

function reporterOf(answers: (CoverageAnswer | undefined)[]) {
  const events = createEvents(createLogger('test', 'silent'), createRegistry());
  const directory = {
    async reportCoverage() {
      const answer = answers.shift();
      if (answer === undefined) throw new AppError('DATABASE_UNAVAILABLE');
      return answer;
    },
  };
  return { events, reporter: new CoverageReporter({ coverage: new Coverage(), directory, clock: () => 0, events }) };
}

it('tells a drift when it begins and when it ends, and how many there are', async () => {
  const device = { deviceId: 'd1', name: 'fw' };
  const { events, reporter } = reporterOf([
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
});

it('a database that is away is said, and not asked again at once', async () => {
  const { events, reporter } = reporterOf([undefined, { changes: [], drifting: 3 }]);
  expect(await reporter.step()).toBe(false);
  expect(await reporter.step()).toBe(false);
  expect([events.count('coverage_failed'), reporter.drifting]).toEqual([1, 0]);
});
