import path from 'node:path';
import { type DayManifest, SEAL_FILES } from '@logmaster/core/evidence/manifest';
import { parseDayManifest, sha256Hex } from '../manifest-codec.ts';
import { checkPackedSegments } from './check-packed-segments.ts';
import { checkFolderToken } from './check-token.ts';
import type { VerifyContext } from './context.ts';
import { FolderFiles } from './folder-files.ts';
import { judgeSeal } from './judge-seal.ts';
import { checkLocation, type Location } from './location.ts';
import type { DayNode, SegmentNode } from './nodes.ts';

const DATA = [SEAL_FILES.records, SEAL_FILES.segments, SEAL_FILES.events] as const;
const KNOWN: ReadonlySet<string> = new Set([
  ...DATA,
  SEAL_FILES.day,
  SEAL_FILES.daySignature,
  SEAL_FILES.signer,
  SEAL_FILES.seal,
  SEAL_FILES.token,
]);

export interface DayFound {
  /** Undefined when even its place in a chain is unknown. */
  readonly day: DayNode | undefined;
  readonly segments: readonly SegmentNode[];
}

/** Checks one packed day by itself, with the segments in it. */
export async function checkDayFolder(folder: string, location: Location, context: VerifyContext): Promise<DayFound> {
  context.progress(folder);
  context.days += 1;
  const files = await FolderFiles.list(folder, KNOWN, context);
  const [dayBytes, signature, signer, seal, token] = await Promise.all([
    files.read(SEAL_FILES.day),
    files.read(SEAL_FILES.daySignature),
    files.read(SEAL_FILES.signer),
    files.read(SEAL_FILES.seal),
    files.read(SEAL_FILES.token),
  ]);
  const digests = new Map<string, { readonly sha256: string; readonly bytes: number } | undefined>();
  for (const name of DATA) digests.set(name, await files.digest(name));
  const { faults, manifest, certificate } = judgeSeal({
    manifestName: SEAL_FILES.day,
    signatureName: SEAL_FILES.daySignature,
    manifest: dayBytes,
    signature,
    signer,
    seal,
    data: new Map([...digests].map(([name, digest]) => [name, digest?.sha256])),
    parse: parseDayManifest,
    describe: (m) => ({
      signer: m.signer,
      data: new Map(DATA.map((name) => [name, m.files[name]?.sha256 ?? null])),
    }),
  });
  for (const fault of faults) context.failure(fault.kind, files.path(fault.file), fault.message);
  const faulty = (name: string) => faults.some((fault) => fault.file === name);
  if (certificate && !faulty(SEAL_FILES.signer))
    context.checkSigner(certificate.fingerprint, files.path(SEAL_FILES.signer));
  if (manifest) checkOwnWords(manifest, digests, files, location, context);

  const stamp = checkFolderToken(context, folder, files, {
    token,
    seal,
    sealFaulty: faulty(SEAL_FILES.seal),
    periodEnd: manifest?.period.to,
  });

  const day = location.day ?? manifest?.day;
  const origin = manifest?.origin ?? (location.site ? { site: location.site, node: path.basename(folder) } : undefined);
  const readable = !faulty(SEAL_FILES.segments) && digests.get(SEAL_FILES.segments) !== undefined;
  const segments =
    origin && day && readable
      ? await checkPackedSegments(
          { files, day: manifest, origin, date: day, recordsFaulty: faulty(SEAL_FILES.records) },
          context,
        )
      : undefined;
  return {
    day:
      origin && day
        ? {
            ...origin,
            day,
            place: folder,
            manifest,
            manifestSha256: manifest && dayBytes && sha256Hex(dayBytes),
            token: stamp,
            opaque: segments === undefined,
          }
        : undefined,
    segments: segments ?? [],
  };
}

function checkOwnWords(
  day: DayManifest,
  digests: ReadonlyMap<string, { readonly bytes: number } | undefined>,
  files: FolderFiles,
  location: Location,
  context: VerifyContext,
): void {
  const file = files.path(SEAL_FILES.day);
  const wrong = (message: string) => context.failure('count-mismatch', file, message);
  context.countPeriod(day.period);
  checkLocation(
    { folder: files.folder, location, name: day.origin.node, site: day.origin.site, period: day.period },
    context,
  );
  if (location.day !== undefined && location.day !== day.day) {
    context.failure('misplaced', files.folder, `its manifest is that of ${day.day}`);
  }
  for (const name of DATA) {
    const bytes = digests.get(name)?.bytes;
    if (bytes !== undefined && day.files[name] && day.files[name].bytes !== bytes) {
      wrong(`${name} has ${bytes} bytes, not ${day.files[name].bytes}`);
    }
  }
  const { count, first, last } = day.segments;
  const numbers = first !== null && last !== null ? last - first + 1 : 0;
  if ((first === null) !== (last === null) || numbers !== count)
    wrong(`its ${count} segments are not ${first} to ${last}`);
}
