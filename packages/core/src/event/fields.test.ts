import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { EVENT_FIELDS, FIELD_NAMES } from './fields.ts';

test('docs/formats/event.md lists exactly the fields of the table, with their types', async () => {
  const page = await readFile(new URL('../../../../docs/formats/event.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\| `([^`]+)` +\| (\w+) +\|$/gm)].map(([, name, type]) => `${name} ${type}`);
  expect(rows.sort()).toEqual(FIELD_NAMES.map((name) => `${name} ${EVENT_FIELDS[name].type}`).sort());
});
