import type { Hash } from 'node:crypto';
import type { SegmentManifest } from '@logmaster/core/evidence/manifest';
import { RECORD_FLAGS } from '@logmaster/core/record';
import { rfc3339ToMicros } from '@logmaster/core/time';
import type { VerifyContext } from './context.ts';
import { type RecordsFound, readRecords } from './records.ts';

/** Where the segment's faults are reported: the manifest's and the records' file, and words before each message. */
export interface SegmentPlace {
  readonly manifestFile: string;
  readonly recordsFile: string;
  readonly label: string;
}

/** What a manifest says about itself: its period, its counters, its tree size. */
export function checkManifestSums(manifest: SegmentManifest, place: SegmentPlace, context: VerifyContext): void {
  const wrong = (message: string) => context.failure('count-mismatch', place.manifestFile, place.label + message);
  const { count } = manifest.records;
  if (manifest.merkle.size !== count) wrong(`its tree has ${manifest.merkle.size} leaves for ${count} records`);
  let journaled = 0;
  for (const [source, account] of Object.entries(manifest.sources)) {
    const dropped = Object.values(account.dropped).reduce((sum, records) => sum + records, 0);
    journaled += account.journaled;
    if (account.seen !== account.journaled + dropped) {
      wrong(
        `source ${printable(source)} has seen ${account.seen}, but journaled ${account.journaled} and dropped ${dropped}`,
      );
    }
  }
  if (journaled !== count) wrong(`its sources journaled ${journaled} records, but it holds ${count}`);
  if (rfc3339ToMicros(manifest.period.from) > rfc3339ToMicros(manifest.period.to)) {
    context.failure('bad-period', place.manifestFile, `${place.label}its period ends before it begins`);
  }
}

/** Reads the records once and compares all that the manifest says about them. */
export async function checkRecords(
  source: AsyncIterable<Buffer>,
  manifest: SegmentManifest,
  place: SegmentPlace,
  context: VerifyContext,
  alsoHash?: Hash,
): Promise<void> {
  const checks = new RecordChecks(manifest);
  const found = await readRecords(source, {
    maxTextBytes: manifest.records.text.bytes,
    alsoHash,
    onRecord: (record, index) => {
      checks.see(record, index);
      context.records += 1;
      if (context.records % 50_000 === 0) context.progress(place.recordsFile);
    },
  });
  context.bytes += found.text.bytes;
  if (found.fault) {
    context.failure(
      'malformed-records',
      place.recordsFile,
      `${place.label}the records can not be read: ${found.fault}`,
    );
    return;
  }
  for (const [kind, message] of checks.complaints()) context.failure(kind, place.recordsFile, place.label + message);
  for (const message of differences(found, manifest)) {
    context.failure(
      'count-mismatch',
      place.manifestFile,
      `${place.label}the manifest does not describe its records: ${message}`,
    );
  }
}

function differences(found: RecordsFound, { records, merkle }: SegmentManifest): string[] {
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['count', found.count, records.count],
    ['bytes of text', found.text.bytes, records.text.bytes],
    ['SHA-256 of the text', found.text.sha256, records.text.sha256],
    ['bytes of records.log.zst', found.zst.bytes, records.zst.bytes],
    ['SHA-256 of records.log.zst', found.zst.sha256, records.zst.sha256],
    ['first record', found.first, records.first],
    ['last record', found.last, records.last],
    ['Merkle root', found.root, merkle.root],
  ];
  return pairs.filter(([, is, says]) => is !== says).map(([what, is, says]) => `${what} is ${is}, not ${says}`);
}

/** Counts lines that can't be right; one finding for each kind names the first. */
class RecordChecks {
  readonly #from: number;
  readonly #to: number;
  #malformed = { count: 0, first: 0 };
  #outside = { count: 0, first: '' };

  constructor(manifest: SegmentManifest) {
    this.#from = rfc3339ToMicros(manifest.period.from);
    this.#to = rfc3339ToMicros(manifest.period.to);
  }

  see(record: Parameters<Parameters<typeof readRecords>[1]['onRecord']>[0], index: number): void {
    if (!record) {
      if (this.#malformed.count === 0) this.#malformed.first = index + 1;
      this.#malformed.count += 1;
      return;
    }
    const inside = record.receivedAt >= this.#from && record.receivedAt < this.#to;
    if (inside || record.flags.includes(RECORD_FLAGS.clockHeld)) return;
    if (this.#outside.count === 0) this.#outside.first = record.id;
    this.#outside.count += 1;
  }

  *complaints(): Generator<readonly [kind: string, message: string]> {
    const { count, first } = this.#malformed;
    if (count > 0) yield ['malformed-records', `${count} lines are no records, the first is line ${first}`];
    if (this.#outside.count > 0) {
      yield [
        'outside-period',
        `${this.#outside.count} records lie outside the period, the first is ${this.#outside.first}`,
      ];
    }
  }
}

/** Names in manifests can be hostile: no control characters reach a terminal. */
export function printable(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, '?').slice(0, 80);
}
