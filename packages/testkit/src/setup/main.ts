// `npm run setup:services [NAME…]`: installs the servers and tools that tests, benchmarks and the cluster need.
import { parseArgs } from 'node:util';
import { CATALOGUE, componentNamed } from './catalogue.ts';
import type { Component } from './component.ts';
import { installComponents, type Outcome } from './install.ts';
import { missingParts } from './presence.ts';

const HELP = `npm run setup:services [-- NAME… | --check | --json]

Installs what is missing of the servers and tools that tests, benchmarks and the cluster need, and starts none of them.
What is there already is left as it is. Without names: all of them.

  --check   only say what is there and what is missing
  --json    the outcome as JSON on stdout

`;

/** Exit codes as everywhere: done, wrong use, something could not be had. */
const EXIT = { done: 0, wrongUse: 2, unreachable: 3 } as const;

const say = (text: string) => process.stderr.write(`${text}\n`);

function chosen(names: readonly string[]): readonly Component[] {
  if (names.length === 0) return CATALOGUE;
  return names.map((name) => {
    const found = componentNamed(name);
    if (found) return found;
    throw new RangeError(
      `There is no ${JSON.stringify(name)}. There are: ${CATALOGUE.map((each) => each.name).join(', ')}`,
    );
  });
}

function checked(components: readonly Component[]): readonly Outcome[] {
  return components.map((component) => {
    const missing = missingParts(component);
    const state = missing.length === 0 ? ('present' as const) : ('missing' as const);
    return {
      name: component.name,
      state,
      seconds: 0,
      ...(missing.length > 0 ? { reason: `without ${missing.join(', ')}` } : {}),
    };
  });
}

function table(outcomes: readonly Outcome[]): string {
  const width = Math.max(...outcomes.map(({ name }) => name.length));
  return outcomes
    .map(({ name, state, seconds, reason }) => {
      const time = state === 'installed' ? ` in ${seconds} s` : '';
      return `${name.padEnd(width)}  ${state}${time}${reason ? `: ${reason.split('\n')[0]}` : ''}`;
    })
    .join('\n');
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { check: { type: 'boolean' }, json: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help) {
    process.stdout.write(`${HELP}${CATALOGUE.map(({ name, about }) => `  ${name.padEnd(14)}${about}`).join('\n')}\n`);
    return EXIT.done;
  }
  const components = chosen(positionals);
  const outcomes = values.check ? checked(components) : await installComponents(components, say);
  process.stdout.write(values.json ? `${JSON.stringify(outcomes)}\n` : `${table(outcomes)}\n`);
  return outcomes.some(({ state }) => state === 'missing') ? EXIT.unreachable : EXIT.done;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof RangeError || error instanceof TypeError)) throw error;
  say(error.message);
  process.exitCode = EXIT.wrongUse;
}
