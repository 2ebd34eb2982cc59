import { createHash } from 'node:crypto';
import { type DayManifest, type PackedSegment, SEAL_FILES } from '@logmaster/core/evidence/manifest';
import { hashStream } from '../file-digest.ts';
import { parsePackedSegment, parseSegmentManifest, sha256Hex } from '../manifest-codec.ts';
import { dayMerkle } from '../packed-day.ts';
import { checkManifestSums, checkRecords } from './check-segment.ts';
import { checkToken } from './check-token.ts';
import type { VerifyContext } from './context.ts';
import type { FolderFiles } from './folder-files.ts';
import { judgeSeal } from './judge-seal.ts';
import type { SegmentNode } from './nodes.ts';
import { readLines } from './read-lines.ts';

export interface PackedDay {
  readonly files: FolderFiles;
  /** Undefined when day.json can't be trusted. */
  readonly day: DayManifest | undefined;
  readonly origin: { readonly site: string; readonly node: string };
  /** YYYY-MM-DD */
  readonly date: string;
  readonly recordsFaulty: boolean;
}

/** Longest line of segments.jsonl: five small files in base64. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;

/**
 * Checks each line of segments.jsonl as if it were a segment folder, and day.json against all of them. Undefined when
 * the lines can't be read, so that the day's segments are unknown.
 */
export async function checkPackedSegments(
  packed: PackedDay,
  context: VerifyContext,
): Promise<SegmentNode[] | undefined> {
  const { files } = packed;
  const list = files.path(SEAL_FILES.segments);
  const nodes: SegmentNode[] = [];
  const dayText = createHash('sha256');
  let offset = 0;
  for await (const line of readLines(files.stream(SEAL_FILES.segments), MAX_LINE_BYTES)) {
    const segment = line && parseOrUndefined(line);
    if (!segment) {
      context.failure('malformed', list, `line ${nodes.length + 1} is not a packed segment`);
      return undefined;
    }
    if (segment.offset !== offset) {
      const message = `segment ${segment.segment} begins at byte ${segment.offset} of the records instead of ${offset}`;
      context.failure('count-mismatch', list, message);
    }
    offset = segment.offset + segment.length;
    nodes.push(await checkLine(segment, packed, dayText, context));
  }
  if (!packed.recordsFaulty && offset !== files.size(SEAL_FILES.records)) {
    const message = `its segments end at byte ${offset} of ${files.size(SEAL_FILES.records)}`;
    context.failure('count-mismatch', list, message);
  }
  if (packed.day) checkTotals(packed.day, nodes, packed, dayText.digest('hex'), context);
  return nodes;
}

async function checkLine(
  segment: PackedSegment,
  packed: PackedDay,
  dayText: ReturnType<typeof createHash>,
  context: VerifyContext,
): Promise<SegmentNode> {
  const { files } = packed;
  const list = files.path(SEAL_FILES.segments);
  const label = `segment ${segment.segment}: `;
  context.progress(files.folder);
  context.segments += 1;
  const range = { from: segment.offset, to: segment.offset + segment.length };
  const readable = !packed.recordsFaulty && range.to <= files.size(SEAL_FILES.records);
  const records = readable ? await hashStream(files.stream(SEAL_FILES.records, range)) : undefined;
  const bytes = (base64: string) => Buffer.from(base64, 'base64');
  const [manifestBytes, seal] = [bytes(segment.manifest), bytes(segment.seal)];
  const { faults, manifest, certificate } = judgeSeal({
    manifestName: SEAL_FILES.manifest,
    signatureName: SEAL_FILES.manifestSignature,
    manifest: manifestBytes,
    signature: bytes(segment.signature),
    signer: bytes(segment.signer),
    seal,
    data: new Map([[SEAL_FILES.records, records?.sha256]]),
    parse: parseSegmentManifest,
    describe: (m) => ({ signer: m.signer, data: new Map([[SEAL_FILES.records, m.records.zst.sha256]]) }),
  });
  for (const fault of faults) {
    // Unreadable records were reported for the day's file already.
    if (readable || fault.file !== SEAL_FILES.records) context.failure(fault.kind, list, label + fault.message);
  }
  const faulty = (name: string) => faults.some((fault) => fault.file === name);
  if (certificate && !faulty(SEAL_FILES.signer)) context.checkSigner(certificate.fingerprint, list);
  if (manifest) {
    const place = { manifestFile: list, recordsFile: files.path(SEAL_FILES.records), label };
    context.countPeriod(manifest.period);
    checkManifestSums(manifest, place, context);
    const { site, node } = manifest.origin;
    if (manifest.segment !== segment.segment || site !== packed.origin.site || node !== packed.origin.node) {
      context.failure(
        'misplaced',
        list,
        `${label}its manifest is of segment ${manifest.segment} of site ${site}, node ${node}`,
      );
    }
    const sound = readable && !faulty(SEAL_FILES.records);
    if (sound && context.readsRecords) {
      await checkRecords(files.stream(SEAL_FILES.records, range), manifest, place, context, dayText);
    } else if (sound) context.records += manifest.records.count;
  }
  const sealFaulty = faulty(SEAL_FILES.seal);
  const shared = { context, file: list, seal, sealFaulty, label };
  const token =
    segment.token === null
      ? undefined
      : checkToken({ ...shared, response: bytes(segment.token), periodEnd: manifest?.period.to });
  return {
    ...packed.origin,
    segment: segment.segment,
    day: packed.date,
    place: list,
    manifest,
    manifestSha256: manifest && sha256Hex(manifestBytes),
    token,
  };
}

/** Compares day.json with the sums over its segments; their order and links are the chain's business. */
function checkTotals(
  day: DayManifest,
  nodes: readonly SegmentNode[],
  packed: PackedDay,
  textSha256: string,
  context: VerifyContext,
): void {
  const manifests = nodes.flatMap((node) => node.manifest ?? []);
  if (manifests.length !== nodes.length) return; // their own findings say why
  const tree = dayMerkle(manifests.map((manifest) => manifest.merkle.root));
  const sum = (value: (m: (typeof manifests)[number]) => number) => manifests.reduce((total, m) => total + value(m), 0);
  const readText = context.readsRecords && !packed.recordsFaulty;
  const pairs: readonly (readonly [string, unknown, unknown])[] = [
    ['number of segments', nodes.length, day.segments.count],
    ['first segment', nodes[0]?.segment ?? null, day.segments.first],
    ['last segment', nodes.at(-1)?.segment ?? null, day.segments.last],
    ['number of records', sum((m) => m.records.count), day.records.count],
    ['bytes of text', sum((m) => m.records.text.bytes), day.records.text.bytes],
    ['SHA-256 of the text', readText ? textSha256 : day.records.text.sha256, day.records.text.sha256],
    ['leaves of the tree', tree.size, day.merkle.size],
    ['Merkle root', tree.root, day.merkle.root],
    ['last manifest', nodes.at(-1)?.manifestSha256 ?? day.last_manifest, day.last_manifest],
  ];
  const file = packed.files.path(SEAL_FILES.day);
  for (const [what, is, says] of pairs) {
    if (is !== says) context.failure('count-mismatch', file, `${what} is ${is}, not ${says}`);
  }
  const outside = manifests.find((m) => m.period.from < day.period.from || m.period.to > day.period.to);
  if (outside) context.failure('bad-period', file, `segment ${outside.segment} reaches outside the day's period`);
}

function parseOrUndefined(line: Buffer): PackedSegment | undefined {
  try {
    return parsePackedSegment(line);
  } catch {
    return undefined; // the caller reports it, with its place
  }
}
