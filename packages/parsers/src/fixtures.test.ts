import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { ecsEventSchema, type FlatEvent, toEcs } from '@logmaster/core/event/event';
import { EVENT_FIELDS, isFieldName } from '@logmaster/core/event/fields';
import { microsToRfc3339 } from '@logmaster/core/time';
import { describe, expect, it } from 'vitest';
import { createRecordParser } from './record-parser.ts';

/** Time and zone of all fixtures: 23 November 2026, 21:00 in Istanbul (UTC+3). */
const receivedAt = Date.UTC(2026, 10, 23, 18) * 1000;
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

/** Each folder with fixtures is a vendor's. */
const vendors = readdirSync(import.meta.dirname).filter((folder) =>
  existsSync(new URL(`./${folder}/fixtures/records.log`, import.meta.url)),
);

describe.each(vendors)('fixtures of %s', (vendor) => {
  const folder = new URL(`./${vendor}/fixtures/`, import.meta.url);
  const records = readFileSync(new URL('records.log', folder), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const events = records.map((line) =>
    createRecordParser().parse(Buffer.from(line), { receivedAt, timeZone: 'Europe/Istanbul', source: '192.0.2.1' }),
  );

  it('become the expected events', async () => {
    const text = records.map((record, i) => `### ${record}\n${describeEvent(events[i] as FlatEvent)}\n`).join('\n');
    await expect(text).toMatchFileSnapshot(`${folder.pathname}expected.txt`);
  });

  it('fit the event schema', () => {
    for (const event of events) expect(ecsEventSchema.safeParse(toEcs(event)).error).toBeUndefined();
  });
});
