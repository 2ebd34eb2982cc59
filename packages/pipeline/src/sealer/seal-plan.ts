import { mkdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { syncFolder } from '@logmaster/core/durable-files';
import { AppError } from '@logmaster/core/errors';
import { dayFolder, SEAL_FILES, segmentFolderName } from '@logmaster/core/evidence/manifest';
import { rfc3339ToMicros, utcDay } from '@logmaster/core/time';
import type { Signer } from '@logmaster/signing/contracts';
import { sha256Hex } from '@logmaster/signing/manifest-codec';
import { sealSegment } from '@logmaster/signing/seal';
import type { Fault } from '../fault.ts';
import { exists } from '../files.ts';
import { changeChain, readChain } from '../segments/chain.ts';
import type { SegmentLayout } from '../segments/layout.ts';
import type { SegmentPlan } from '../segments/plan.ts';

export interface SealContext {
  readonly layout: SegmentLayout;
  readonly signer: Signer;
  readonly fault: Fault;
}

/** The UTC day a closed segment belongs to: that of its start, since none crosses midnight. */
export function planDay(plan: SegmentPlan): string {
  return utcDay(rfc3339ToMicros(plan.manifest.period.from));
}

/** Its place in the archive: `<site>/<yyyy>/<mm>/<dd>/<node>-<8 digits>`. */
export function planTarget(plan: SegmentPlan): string {
  const { origin, segment } = plan.manifest;
  return `${dayFolder(origin.site, planDay(plan))}/${segmentFolderName(origin.node, segment)}`;
}

/**
 * Turns a plan into a sealed folder under segments/, or finds that this was done before. Every step can be interrupted
 * and repeated: the signature is deterministic (PKCS#1 v1.5) and the plan holds everything that could differ.
 */
export async function sealPlan(plan: SegmentPlan, context: SealContext): Promise<void> {
  const { layout, signer, fault } = context;
  const { site } = plan.manifest.origin;
  const { segment } = plan.manifest;
  const chain = await readChain(layout, site);
  if (chain !== undefined && chain.last.segment >= segment) return;
  if (segment !== (chain?.last.segment ?? 0) + 1) {
    throw new AppError('INTERNAL', {
      detail: `segment ${segment} of ${site} does not follow ${chain?.last.segment ?? 0}`,
    });
  }
  const sealed = layout.sealed(site, segment);
  if (!(await exists(sealed))) {
    const building = layout.building(site, segment);
    await mkdir(building, { recursive: true });
    await moveRecords(layout.open(site, segment), path.join(building, SEAL_FILES.records));
    fault('records-moved');
    await sealSegment({
      folder: building,
      manifest: { ...plan.manifest, previous: chain?.last.manifest ?? null },
      signer,
    });
    fault('folder-sealed');
    await rename(building, sealed);
    await syncFolder(layout.site(site));
    fault('folder-renamed');
  }
  const manifest = sha256Hex(await readFile(path.join(sealed, SEAL_FILES.manifest)));
  await changeChain(layout, site, (now) => ({
    last: { segment, to: plan.to, manifest, positions: plan.positions },
    records: (now?.records ?? 0) + plan.manifest.records.count,
    day: now?.day ?? null,
    first_day: now?.first_day ?? planDay(plan),
  }));
  fault('chain-written');
}

/** Missing at the source means: moved before the crash. */
async function moveRecords(from: string, to: string): Promise<void> {
  if (await exists(from)) await rename(from, to);
  else if (!(await exists(to))) throw new AppError('INTERNAL', { detail: `the records file ${from} is gone` });
}

/** Durable when it resolves; a folder that is not there is no error. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await syncFolder(path.dirname(folder));
}
