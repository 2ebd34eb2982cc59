import { expect, it } from 'vitest';
import { DEVICE_CASES } from '../testing/device-header-cases.ts';
import { FRAME_CASES, type FrameCase } from '../testing/frame-cases.ts';
import type { HeaderCase, HeaderParts } from '../testing/header-cases.ts';
import { LEGACY_CASES } from '../testing/legacy-header-cases.ts';
import { MODERN_CASES } from '../testing/modern-header-cases.ts';
import { NSYSLOG_DIFFERENCES } from '../testing/nsyslog-differences.ts';

const NAMES = {
  priority: 'PRI',
  version: 'VERSION',
  time: 'time',
  hostname: 'host',
  appname: 'app',
  procid: 'PROCID',
  msgid: 'MSGID',
  data: 'data',
  fault: '**named**',
  message: 'message',
} as const satisfies Record<keyof HeaderParts, string>;

/** A cell of a table: control characters are shown, long runs of one character shortened. */
function code(text: string): string {
  if (text === '') return '(empty)';
  const shown = text
    .replaceAll('\uFEFF', '(BOM)')
    .replaceAll('\n', '␊')
    .replaceAll('\r', '␍')
    .replaceAll('\0', '␀')
    .replace(/(.)\1{19,}/g, (run, character) => `${character}…(${run.length})`)
    .replaceAll('|', '\\|');
  return shown.includes('`') ? `\`\` ${shown} \`\`` : `\`${shown}\``;
}

function partsCell(parts: HeaderParts): string {
  const cells: string[] = [];
  for (const [name, label] of Object.entries(NAMES)) {
    const value = parts[name as keyof HeaderParts];
    if (value === undefined) continue;
    const texts =
      typeof value === 'object' ? Object.entries(value).map(([key, text]) => `${key}=${text}`) : [`${value}`];
    cells.push(`${label} ${texts.map(code).join(', ')}`);
  }
  return cells.join('<br>');
}

function headerTable(cases: readonly HeaderCase[]): string {
  const rows = cases.map(({ about, text, parts }) => `| ${about} | ${code(text)} | ${partsCell(parts)} |`);
  return ['| Case | Record | Read as |', '| --- | --- | --- |', ...rows].join('\n');
}

function frameTable(cases: readonly FrameCase[]): string {
  const rows = cases.map(({ about, stream, records, counters = {} }) => {
    const counted = Object.entries(counters).map(([name, count]) => `${name} ${count}`);
    return `| ${about} | ${code(stream)} | ${records.map(code).join('<br>')} | ${counted.join(', ')} |`;
  });
  return ['| Case | Stream | Records | Counted |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

function differenceTable(): string {
  const rows = NSYSLOG_DIFFERENCES.map(
    ({ why, fields, cases }) =>
      `| ${why} | ${fields.map((field) => NAMES[field]).join(', ')} | ${cases.join('<br>')} |`,
  );
  return ['| Why | Fields | Cases |', '| --- | --- | --- |', ...rows].join('\n');
}

const PAGE = `# Syslog headers and frames

What stands before the message of a record, how it is read, and how a TCP stream is cut into records. Every row below is a
case that a test runs; this page is written from them by
\`npx vitest run --project unit packages/parsers/src/syslog/headers-page.test.ts -u\`, and the test fails when it is out of date.

Nothing is refused: what does not fit the form that it claims starts the message, and what claims to be something that it
isn't is named in \`logmaster.parse.errors\` ("named" below). The raw record is kept byte for byte in any case. How a written
time becomes a moment (zone, missing year, clocks that can't be believed) is
[decision 22](../decisions/0022-own-parsers-one-pass-and-bounded.md).

## RFC 5424

${headerTable(MODERN_CASES)}

## RFC 3164, and what devices make of it

${headerTable([...LEGACY_CASES, ...DEVICE_CASES])}

## RFC 6587: frames of a stream

Flags and counters: [transports](../transports.md). \`␊\` is LF, \`␍\` CR, \`␀\` NUL.

${frameTable(FRAME_CASES)}

## Where \`nsyslog-parser\` reads a header otherwise

The same cases are read by \`nsyslog-parser\`, and plain headers at random: a difference that is not in this table fails the
test. Times without a zone are compared as they are written: it gives them the zone of its process, and the present year.

${differenceTable()}
`;

it('docs/formats/syslog-headers.md shows the cases', async () => {
  const page = new URL('../../../../docs/formats/syslog-headers.md', import.meta.url);
  await expect(PAGE).toMatchFileSnapshot(page.pathname);
});
