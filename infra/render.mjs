#!/usr/bin/env node
// Renders the templates of a part (nginx, monitoring) with an operator's values. Plain JavaScript without dependencies:
// it runs with any Node from 20 on, also on a machine that has nothing else of LogMaster.
//
//   node infra/render.mjs nginx VALUES.env OUT_DIR
//
// infra/<part>/variables.env holds every variable with its default; VALUES.env overrides some of them. In a template
//   ${NAME}       is the value, which must not be empty
//   ${each NAME}  repeats its line for every word of the value; with an empty value the line is left out
//   ${if NAME}    keeps its line when the value is `on`, and leaves it out when it is `off`
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const SUFFIX = '.template';
/** A value can't end the directive, the string or the block it stands in. */
const FORBIDDEN = /[^\x20-\x7e]|[;{}'"\\$#`]/;

class Fault extends Error {}

/** NAME=value lines; comments and empty lines are left out. */
function parseValues(text, file) {
  const values = new Map();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const [, name, value] = /^([A-Z][A-Z0-9_]*)=(.*)$/.exec(line) ?? [];
    if (name === undefined) throw new Fault(`${file}:${index + 1}: not NAME=value: ${line}`);
    if (FORBIDDEN.test(value)) throw new Fault(`${file}:${index + 1}: ${name} has a character that is not allowed`);
    values.set(name, value.trim());
  }
  return values;
}

function lookUp(values, name, place) {
  const value = values.get(name);
  if (value === undefined) throw new Fault(`${place}: there is no variable ${name}`);
  return value;
}

function renderLine(line, values, place) {
  const [, condition] = /\$\{if ([A-Z0-9_]+)\}/.exec(line) ?? [];
  if (condition !== undefined) {
    const value = lookUp(values, condition, place);
    if (value !== 'on' && value !== 'off') throw new Fault(`${condition} must be on or off, not '${value}'`);
    return value === 'on' ? renderLine(line.replace(`\${if ${condition}} `, ''), values, place) : [];
  }
  const [, list] = /\$\{each ([A-Z0-9_]+)\}/.exec(line) ?? [];
  if (list !== undefined) {
    const words = lookUp(values, list, place).split(' ').filter(Boolean);
    return words.flatMap((word) =>
      renderLine(
        line.replaceAll(`\${each ${list}}`, () => word),
        values,
        place,
      ),
    );
  }
  const rendered = line.replaceAll(/\$\{([A-Z][A-Z0-9_]*)\}/g, (_, name) => {
    const value = lookUp(values, name, place);
    if (value === '') throw new Fault(`${name} must be given`);
    return value;
  });
  return [rendered];
}

function render(text, values, file) {
  const lines = text.split('\n');
  return lines.flatMap((line, index) => renderLine(line, values, `${file}:${index + 1}`)).join('\n');
}

function main([part, valuesFile, out]) {
  if (!part || !valuesFile || !out) throw new Fault('use: node infra/render.mjs PART VALUES.env OUT_DIR');
  const folder = path.join(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), part);
  const defaults = parseValues(readFileSync(path.join(folder, 'variables.env'), 'utf8'), `${part}/variables.env`);
  const given = parseValues(readFileSync(valuesFile, 'utf8'), valuesFile);
  for (const name of given.keys())
    if (!defaults.has(name)) throw new Fault(`${valuesFile}: there is no variable ${name}`);
  const values = new Map([...defaults, ...given]);
  const templates = path.join(folder, 'templates');
  // All of it is rendered before the first file is written: a fault leaves what was there.
  const files = readdirSync(templates).map((name) => {
    const text = readFileSync(path.join(templates, name), 'utf8');
    return name.endsWith(SUFFIX) ? [name.slice(0, -SUFFIX.length), render(text, values, name)] : [name, text];
  });
  mkdirSync(out, { recursive: true });
  for (const [name, text] of files) writeFileSync(path.join(out, name), text);
}

try {
  main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Fault) && error.code === undefined) throw error;
  console.error(`render: ${error.message}`);
  process.exitCode = 2;
}
