import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ROOT } from './paths.mjs';

/** What `npm test` may take on two cores. */
const BUDGET_MINUTES = 25;
const RESULTS = path.join(ROOT, 'test-results');

/** Seconds of each test file of this run, from vitest's reports: first test begun to last test ended. */
function secondsByFile(since) {
  const seconds = new Map();
  if (!existsSync(RESULTS)) return seconds;
  for (const name of readdirSync(RESULTS).filter((each) => each.endsWith('.json'))) {
    const { startTime, testResults } = JSON.parse(readFileSync(path.join(RESULTS, name), 'utf8'));
    if (startTime < since) continue;
    for (const { name: file, startTime: from, endTime: to } of testResults) {
      seconds.set(path.relative(ROOT, file), Math.max(0, to - from) / 1000);
    }
  }
  return seconds;
}

/**
 * Which suites started which servers and how long they took, longest first, and the sum against the budget. Files run
 * beside each other, so the column adds up to more than the clock.
 */
export function budget(uses, since) {
  const seconds = secondsByFile(since);
  const rows = uses
    .filter(({ file }) => seconds.has(file))
    .map(({ file, components }) => ({ file, components, minutes: seconds.get(file) / 60 }))
    .sort((a, b) => b.minutes - a.minutes)
    .map(({ file, components, minutes }) => `${minutes.toFixed(2).padStart(8)}  ${file}: ${components.join(', ')}`);
  if (rows.length === 0) return '';
  const total = (Date.now() - since) / 60_000;
  const verdict = total <= BUDGET_MINUTES ? 'within' : 'OVER';
  return [
    '\n minutes  suite and the servers it starts',
    ...rows,
    `${total.toFixed(1).padStart(8)}  in all, ${verdict} the budget of ${BUDGET_MINUTES} minutes`,
  ].join('\n');
}
