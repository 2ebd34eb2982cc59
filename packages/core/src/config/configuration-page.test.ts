import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { z } from 'zod';
import { diskEnvironment } from './disk-settings.ts';
import { enrichmentEnvironment } from './enrichment-settings.ts';
import * as fragments from './fragments.ts';
import { SECRETS } from './secrets.ts';
import { transportEnvironment } from './transport-settings.ts';

interface Row {
  readonly name: string;
  readonly fallback: string;
  readonly meaning: string;
}

const page = readFileSync(path.join(import.meta.dirname, '../../../../docs/configuration.md'), 'utf8');
const rows: Row[] = [...page.matchAll(/^\| `([A-Z_]+)` +\| (.*?) +\| (.*?) +\|$/gm)].map(
  ([, name = '', fallback = '', meaning = '']) => ({ name, fallback, meaning }),
);
const variables = [...Object.values(fragments), transportEnvironment, diskEnvironment, enrichmentEnvironment].flatMap(
  (fragment) => Object.entries(fragment.shape),
);

/** How the page shows a default: as a person would write it into the environment. */
function shown(schema: z.ZodType): string {
  const { success, data } = schema.safeParse(undefined);
  if (!success) return 'needed';
  if (data === undefined) return '–';
  return `\`${Array.isArray(data) ? data.join(',') : data}\``;
}

test('docs/configuration.md lists exactly the variables of the fragments, once each', () => {
  expect(rows.map(({ name }) => name).toSorted()).toEqual(variables.map(([name]) => name).toSorted());
});

test('the page names the defaults, and explains what has none', () => {
  const defaults = Object.fromEntries(variables.map(([name, schema]) => [name, shown(schema as z.ZodType)]));
  for (const { name, fallback, meaning } of rows) {
    expect([name, fallback]).toEqual([name, defaults[name]]);
    expect(meaning.length, name).toBeGreaterThan(20);
  }
});

test('the page marks what can be given as a file', () => {
  const marked = rows.filter(({ meaning }) => meaning.endsWith('🔑')).map(({ name }) => name);
  expect(marked.toSorted()).toEqual([...SECRETS].toSorted());
});
