import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { CRASH_POINTS, RECEIVE_POINTS } from '../packages/pipeline/src/fault.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const PAGE = readFileSync(path.join(ROOT, 'docs', 'faults.md'), 'utf8');
/** `| what | `file` | name |` */
const ROWS = [...PAGE.matchAll(/^\| (?<fault>.+?) \| `(?<file>[^`]+)` \| (?<name>.+?) \|$/gm)].map(
  ({ groups }) => groups as { fault: string; file: string; name: string },
);
const STAND_FAULTS = 'packages/testkit/src/soak/faults.ts';

/** A test file, and the list that it makes tests of. */
function textOf(file: string): string {
  const text = readFileSync(path.join(ROOT, file), 'utf8');
  return text.includes('STAND_FAULTS') ? text + readFileSync(path.join(ROOT, STAND_FAULTS), 'utf8') : text;
}

test('each test that docs/faults.md names exists', () => {
  expect(ROWS.length).toBeGreaterThan(50);
  const missing = ROWS.filter(({ file, name }) => {
    if (!existsSync(path.join(ROOT, file))) return true;
    const text = textOf(file);
    return !['"', "'", '`'].some((quote) => text.includes(`${quote}${name}${quote}`));
  });
  expect(missing).toEqual([]);
});

test('docs/faults.md counts the points at which a process is killed', () => {
  expect(PAGE).toContain('SIGKILL at eleven points from socket to journal');
  expect(RECEIVE_POINTS).toHaveLength(11);
  expect(PAGE).toContain('SIGKILL at nineteen points from journal to archive');
  expect(CRASH_POINTS).toHaveLength(19);
});
