/**
 * Records per second and vendor, one thread: `npx node packages/parsers/bench/records.ts [seconds per vendor]`.
 * The lines are the fixtures' own, parsed in turn from one source per vendor.
 */
import { readFileSync } from 'node:fs';
import { MICROS_PER_SECOND } from '@logmaster/core/time';
import { createRecordParser } from '../src/record-parser.ts';

const seconds = Number(process.argv[2] ?? 2);
const receivedAt = Date.UTC(2026, 10, 23, 17) * 1000;

function measure(name: string, lines: readonly Buffer[]): void {
  const parser = createRecordParser();
  const context = { receivedAt, timeZone: 'Europe/Istanbul', source: name };
  let records = 0;
  let bytes = 0;
  const run = (until: number) => {
    while (performance.now() < until) {
      for (let round = 0; round < 100; round++) {
        for (const line of lines) {
          parser.parse(line, context);
          bytes += line.length;
        }
      }
      records += 100 * lines.length;
    }
  };
  run(performance.now() + 500);
  records = 0;
  bytes = 0;
  const began = performance.now();
  run(began + seconds * 1000);
  const elapsed = (performance.now() - began) / 1000;
  const rate = Math.round(records / elapsed);
  console.log(
    `${name.padEnd(20)} ${String(rate).padStart(8)} records/s  ${(bytes / elapsed / 1e6).toFixed(0).padStart(5)} MB/s  ${(MICROS_PER_SECOND / rate).toFixed(2)} µs/record`,
  );
}

const read = (file: string) =>
  readFileSync(new URL(`../src/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => Buffer.from(line));

const fortigate = read('fortigate/fixtures/records.log');
measure(
  'fortigate traffic',
  fortigate.filter((line) => line.includes('type="traffic"')),
);
measure('fortigate', fortigate);
measure('cisco_asa', read('cisco-asa/fixtures/records.log'));
measure('cisco_ios', read('cisco-ios/fixtures/records.log'));
measure('mikrotik', read('mikrotik/fixtures/records.log'));
