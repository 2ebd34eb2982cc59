import path from 'node:path';
import { SEAL_FILES, segmentFolderName } from '@logmaster/core/evidence/manifest';
import { parseSegmentManifest, sha256Hex } from '../manifest-codec.ts';
import { checkManifestSums, checkRecords, type SegmentPlace } from './check-segment.ts';
import { checkFolderToken } from './check-token.ts';
import type { VerifyContext } from './context.ts';
import { FolderFiles } from './folder-files.ts';
import { judgeSeal } from './judge-seal.ts';
import { checkLocation, type Location } from './location.ts';
import type { SegmentNode } from './nodes.ts';

const KNOWN: ReadonlySet<string> = new Set([
  SEAL_FILES.manifest,
  SEAL_FILES.manifestSignature,
  SEAL_FILES.signer,
  SEAL_FILES.records,
  SEAL_FILES.seal,
  SEAL_FILES.token,
]);

/** Checks one segment folder by itself. Undefined when even its place in a chain is unknown. */
export async function checkSegmentFolder(
  folder: string,
  location: Location,
  context: VerifyContext,
): Promise<SegmentNode | undefined> {
  context.progress(folder);
  context.segments += 1;
  const files = await FolderFiles.list(folder, KNOWN, context);
  const [manifestBytes, signature, signer, seal, token] = await Promise.all([
    files.read(SEAL_FILES.manifest),
    files.read(SEAL_FILES.manifestSignature),
    files.read(SEAL_FILES.signer),
    files.read(SEAL_FILES.seal),
    files.read(SEAL_FILES.token),
  ]);
  const records = await files.digest(SEAL_FILES.records);
  const { faults, manifest, certificate } = judgeSeal({
    manifestName: SEAL_FILES.manifest,
    signatureName: SEAL_FILES.manifestSignature,
    manifest: manifestBytes,
    signature,
    signer,
    seal,
    data: new Map([[SEAL_FILES.records, records?.sha256]]),
    parse: parseSegmentManifest,
    describe: (m) => ({ signer: m.signer, data: new Map([[SEAL_FILES.records, m.records.zst.sha256]]) }),
  });
  for (const fault of faults) context.failure(fault.kind, files.path(fault.file), fault.message);
  const faulty = (name: string) => faults.some((fault) => fault.file === name);
  if (certificate && !faulty(SEAL_FILES.signer))
    context.checkSigner(certificate.fingerprint, files.path(SEAL_FILES.signer));

  if (manifest) {
    const place: SegmentPlace = {
      manifestFile: files.path(SEAL_FILES.manifest),
      recordsFile: files.path(SEAL_FILES.records),
      label: '',
    };
    context.countPeriod(manifest.period);
    checkManifestSums(manifest, place, context);
    const name = segmentFolderName(manifest.origin.node, manifest.segment);
    checkLocation({ folder, location, name, site: manifest.origin.site, period: manifest.period }, context);
    const readable = !faulty(SEAL_FILES.records) && records !== undefined;
    if (readable && context.readsRecords)
      await checkRecords(files.stream(SEAL_FILES.records), manifest, place, context);
    else if (readable) context.records += manifest.records.count;
  }
  const stamp = checkFolderToken(context, folder, files, {
    token,
    seal,
    sealFaulty: faulty(SEAL_FILES.seal),
    periodEnd: manifest?.period.to,
  });
  const named = manifest
    ? { site: manifest.origin.site, node: manifest.origin.node, segment: manifest.segment }
    : nameFromPath(folder, location);
  return (
    named && {
      ...named,
      day: location.day ?? manifest?.period.from.slice(0, 10) ?? '',
      place: folder,
      manifest,
      manifestSha256: manifest && manifestBytes && sha256Hex(manifestBytes),
      token: stamp,
    }
  );
}

/** Where a folder claims to belong when its manifest can't be trusted. */
function nameFromPath(folder: string, { site }: Location) {
  const match = /^(.*)-(\d{8})$/.exec(path.basename(folder));
  return site !== undefined && match ? { site, node: match[1] as string, segment: Number(match[2]) } : undefined;
}
