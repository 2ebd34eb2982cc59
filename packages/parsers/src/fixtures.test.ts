import { ecsEventSchema, type FlatEvent, toEcs } from '@logmaster/core/event/event';
import { EVENT_FIELDS, isFieldName } from '@logmaster/core/event/fields';
import { microsToRfc3339 } from '@logmaster/core/time';
import { describe, expect, it } from 'vitest';
import { createRecordParser } from './record-parser.ts';
import { FIXTURE_CONTEXT, FIXTURE_FOLDERS, readFixtures } from './testing/fixtures.ts';

const REPEATED = new Set(['event.original', 'event.kind', 'log.syslog.priority']);

/** One field a line, in the table's order, times as RFC 3339: what a reviewer compares with the vendor's manual. */
function describeEvent(event: FlatEvent): string {
  const lines: string[] = [];
  for (const [name, definition] of Object.entries(EVENT_FIELDS)) {
    const value = isFieldName(name) ? event[name] : undefined;
    if (value === undefined || REPEATED.has(name)) continue;
    lines.push(`${name} = ${definition.type === 'date' ? microsToRfc3339(value as number) : value}`);
  }
  const labels = Object.entries(event.labels ?? {}).map(([name, value]) => `labels.${name} = ${value}`);
  return [...lines, ...labels].join('\n');
}

describe.each(FIXTURE_FOLDERS)('fixtures of %s', (vendor) => {
  const folder = new URL(`./${vendor}/fixtures/`, import.meta.url);
  const records = readFixtures(vendor);
  const events = records.map((record) => createRecordParser().parse(record, FIXTURE_CONTEXT));

  it('become the expected events', async () => {
    const text = records.map((record, i) => `### ${record}\n${describeEvent(events[i] as FlatEvent)}\n`).join('\n');
    await expect(text).toMatchFileSnapshot(`${folder.pathname}expected.txt`);
  });

  it('fit the event schema', () => {
    for (const event of events) expect(ecsEventSchema.safeParse(toEcs(event)).error).toBeUndefined();
  });
});
