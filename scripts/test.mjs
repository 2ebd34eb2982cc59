// `npm test`: everything that must hold, from a fresh clone on. `npm test -- unit lint` runs only those stages.
// Plain JavaScript, because on a fresh clone there is nothing else and Node may be 20.
import { budget } from './lib/budget.mjs';
import { ensureGenerated } from './lib/build.mjs';
import { ensureComponents } from './lib/components.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { LauncherError, runMain, say } from './lib/say.mjs';
import { stages } from './lib/stages.mjs';

/** True where a missing component must not pass for a success. */
const STRICT = ['1', 'true'].includes(process.env.CI ?? '');

function chosen(all) {
  const names = process.argv.slice(2);
  const unknown = names.filter((name) => !(name in all));
  if (unknown.length === 0)
    return names.length === 0 ? Object.keys(all) : Object.keys(all).filter((name) => names.includes(name));
  throw new LauncherError(`There is no stage ${unknown.join(', ')}. Stages: ${Object.keys(all).join(', ')}`);
}

function row(name, { passed, failed, skipped }, seconds) {
  const cells = [passed, failed, skipped].map((value) => String(value).padStart(8));
  return `${name.padEnd(14)}${cells.join('')}${seconds.toFixed(1).padStart(10)} s`;
}

await runMain(async () => {
  const began = Date.now();
  const names = chosen(stages([]));
  await ensureInstalled();
  await ensureGenerated();
  const { missing, ruledOut: left, uses } = await ensureComponents();
  const results = [];
  for (const { name, reason } of missing) {
    say(`${STRICT ? 'FAILED' : 'skipped'}: ${name} is not on this machine and could not be installed: ${reason}`);
    const failures = STRICT ? [`${name} could not be installed`] : [];
    results.push([name, { passed: 0, failed: failures.length, skipped: 1 - failures.length, failures }, 0]);
  }
  for (const { file, component } of left) say(`skipped: ${file} (needs ${component})`);
  const all = stages(left.map(({ file }) => file));
  for (const name of names) {
    const from = Date.now();
    results.push([name, await all[name](), (Date.now() - from) / 1000]);
  }
  const total = { passed: 0, failed: 0, skipped: left.length };
  for (const [, counts] of results) for (const key of Object.keys(total)) total[key] += counts[key];
  say(`\n${'stage'.padEnd(14)}  passed  failed skipped      time`);
  for (const result of results) say(row(...result));
  say(row('all', total, (Date.now() - began) / 1000));
  say(budget(uses, began));
  for (const [stage, { failures = [] }] of results)
    for (const failure of failures) say(`FAILED in ${stage}: ${failure}`);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
  return total.failed === 0 ? 0 : 1;
});
