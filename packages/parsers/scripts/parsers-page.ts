import { readFile } from 'node:fs/promises';
import type { FlatEvent } from '@logmaster/core/event/event';
import { EVENT_FIELDS, isFieldName } from '@logmaster/core/event/fields';
import { COVERED_FIELDS } from '../src/coverage/tally.ts';
import { createRecordParser } from '../src/record-parser.ts';
import { FIXTURE_CONTEXT, FIXTURE_FOLDERS, readFixtures } from '../src/testing/fixtures.ts';
import { EXAMPLE } from './example.ts';

/** Everything below this line of docs/parsers.md is made from the example and the fixtures. */
export const MARK = '<!-- made by: node packages/parsers/scripts/write-parsers-page.ts -->';

interface RecordType {
  fixtures: number;
  readonly fields: Set<string>;
  readonly labels: Set<string>;
}

interface Vendor {
  readonly parser: string;
  readonly names: Set<string>;
  fixtures: number;
  partial: number;
  readonly types: Map<string, RecordType>;
}

/** Fields of the header and the device's make say nothing about a record type. */
const isTelling = (name: string) =>
  COVERED_FIELDS.has(name) && isFieldName(name) && EVENT_FIELDS[name].group !== 'syslog' && !MAKE.has(name);
const MAKE = new Set(['observer.vendor', 'observer.product', 'observer.type', 'event.dataset', 'event.code']);

function add(vendors: Map<string, Vendor>, event: FlatEvent): void {
  const parser = event['logmaster.parser'] ?? 'none';
  const vendor = vendors.get(parser) ?? { parser, names: new Set(), fixtures: 0, partial: 0, types: new Map() };
  vendors.set(parser, vendor);
  vendor.fixtures++;
  if (event['logmaster.parse.status'] !== 'ok') vendor.partial++;
  vendor.names.add([event['observer.vendor'], event['observer.product']].filter(Boolean).join(' '));
  const name = [event['event.dataset'], event['event.code'] ?? event['event.category']].filter(Boolean).join(' ');
  const type = vendor.types.get(name) ?? { fixtures: 0, fields: new Set(), labels: new Set() };
  vendor.types.set(name, type);
  type.fixtures++;
  for (const field of Object.keys(event)) if (isTelling(field)) type.fields.add(field);
  for (const label of Object.keys(event.labels ?? {})) type.labels.add(label);
}

const cell = (text: string) => text.replaceAll('|', '\\|');
const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : a > b ? 1 : 0);

function describe({ parser, names, types }: Vendor): string {
  const makes = [...names].filter(Boolean).sort().join(', ');
  const rows = [...types].sort(byName).map(([name, { fixtures, fields, labels }]) => {
    const named = [...fields].sort().map((field) => `\`${field}\``);
    return `| \`${cell(name)}\` | ${fixtures} | ${named.join(' ')} | ${labels.size} |`;
  });
  return [
    `### \`${parser}\`${makes === '' ? '' : `: ${makes}`}`,
    '',
    '| Record type | Fixtures | Fields | Labels |',
    '| --- | --: | --- | --: |',
    ...rows,
  ].join('\n');
}

/** The generated part: the example with what it gives, which record types the fixtures show, and which fields these have. */
export async function makeParsersPage(): Promise<string> {
  const source = await readFile(new URL('./example.ts', import.meta.url), 'utf8');
  return [
    '## Example',
    '',
    `\`\`\`ts\n${source}\`\`\``,
    '',
    'gives',
    '',
    `\`\`\`json\n${JSON.stringify(EXAMPLE, undefined, 2)}\n\`\`\``,
    '',
    '## Record types',
    '',
    makeTables(),
  ].join('\n');
}

function makeTables(): string {
  const vendors = new Map<string, Vendor>();
  for (const folder of FIXTURE_FOLDERS) {
    for (const record of readFixtures(folder)) add(vendors, createRecordParser().parse(record, FIXTURE_CONTEXT));
  }
  const all = [...vendors].sort(byName).map(([, vendor]) => vendor);
  const sum = (of: (vendor: Vendor) => number) => all.reduce((total, vendor) => total + of(vendor), 0);
  const summary = all.map(
    ({ parser, types, fixtures, partial }) =>
      `| [\`${parser}\`](#${anchorOf(parser, vendors)}) | ${types.size} | ${fixtures} | ${partial} |`,
  );
  return [
    `${sum(({ fixtures }) => fixtures)} fixtures, ${sum(({ types }) => types.size)} record types. A record type is the event's`,
    '`event.dataset` and its `event.code`, where it has none its `event.category`. Fixtures that are not parsed whole show what happens to values that are wrong.',
    '',
    '| Parser | Record types | Fixtures | Not whole |',
    '| --- | --: | --: | --: |',
    ...summary,
    '',
    all.map(describe).join('\n\n'),
    '',
  ].join('\n');
}

/** As GitHub makes an anchor of the heading. */
function anchorOf(parser: string, vendors: ReadonlyMap<string, Vendor>): string {
  const makes = [...(vendors.get(parser)?.names ?? [])].filter(Boolean).sort().join(', ');
  return `${parser}${makes === '' ? '' : `: ${makes}`}`
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');
}
