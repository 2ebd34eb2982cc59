import { lstat, realpath } from 'node:fs/promises';
import path from 'node:path';
import type { VerificationReport, VerifyOptions } from '../contracts.ts';
import { type Chain, checkDayChain, checkSegmentChain } from './check-chain.ts';
import { checkDayFolder } from './check-day-folder.ts';
import { checkSegmentFolder } from './check-segment-folder.ts';
import { checkCertificates, checkMarker, checkRevocationLists } from './check-shared.ts';
import { checkTokenLinks } from './check-token-links.ts';
import { VerifyContext } from './context.ts';
import { locationOf } from './location.ts';
import type { DayNode, SegmentNode } from './nodes.ts';
import { type Scan, scan } from './scan.ts';

/** A sealer may publish or pack folders meanwhile; then the look is taken again, this many times in all. */
const MAX_LOOKS = 3;

/**
 * Verifies evidence offline: `target` is an archive, a site, a day (or month, or year), one segment folder or one
 * packed day (docs/formats/evidence.md). Whatever is wrong with the folders becomes a finding that names the file;
 * throws only DerError for anchors in `options` that are no certificates, and the reason of an aborted signal.
 * Memory is bounded by the manifests of one chain member at a time and some hundred bytes for each segment.
 */
export async function verifyPath(target: string, options: VerifyOptions): Promise<VerificationReport> {
  return look(target, options, true);
}

/**
 * The quick check of one segment folder or packed day, e.g. for one record on a screen: signature, signer, seal,
 * time-stamp and the SHA-256 of every file against the signed manifest, but neither are records read one by one nor
 * is a chain followed.
 */
export async function verifySegment(folder: string, options: VerifyOptions): Promise<VerificationReport> {
  return look(folder, options, false);
}

async function look(target: string, options: VerifyOptions, readsRecords: boolean): Promise<VerificationReport> {
  const root = await realpath(target).catch(() => path.resolve(target));
  for (let looks = 1; ; looks++) {
    const context = new VerifyContext(root, options, readsRecords);
    const found = await scanIfThere(root, context);
    if (!found) return context.report();
    await checkAll(found, context);
    const report = context.report();
    if (report.holds || looks === MAX_LOOKS || !(await hasChanged(root, found, options))) return report;
  }
}

async function scanIfThere(root: string, context: VerifyContext): Promise<Scan | undefined> {
  const entry = await lstat(root).catch(() => undefined);
  if (!entry?.isDirectory()) {
    context.failure('missing-file', root, entry ? 'this is not a folder' : 'there is no such folder');
    return undefined;
  }
  const found = await scan(root, context);
  if (found.segments.length + found.days.length > 0) return found;
  context.failure('empty', root, 'there is no sealed segment or packed day here');
  return found.certificates ? found : undefined;
}

async function checkAll(found: Scan, context: VerifyContext): Promise<void> {
  const segments: SegmentNode[] = [];
  const days: DayNode[] = [];
  for (const folder of found.days) {
    await guarded(folder, context, async () => {
      const result = await checkDayFolder(folder, locationOf(context.root, folder), context);
      segments.push(...result.segments);
      if (result.day) days.push(result.day);
    });
  }
  for (const folder of found.segments) {
    await guarded(folder, context, async () => {
      const node = await checkSegmentFolder(folder, locationOf(context.root, folder), context);
      if (node) segments.push(node);
    });
  }
  const complete = found.scope === 'archive' || found.scope === 'site';
  const chains = groupByChain(segments, days);
  context.chains = chains.length;
  for (const chain of chains) {
    checkSegmentChain(chain, complete, context);
    checkDayChain(chain, complete, context);
  }
  if (found.scope === 'archive') await checkTokenLinks([...days, ...segments], context);
  const { certificates, revocation, marker } = found;
  if (certificates) await guarded(certificates, context, () => checkCertificates(certificates, context));
  if (marker) await guarded(marker, context, () => checkMarker(marker, context));
  if (revocation) await guarded(revocation, context, () => checkRevocationLists(revocation, context));
}

/** Failing system calls (no permission, a bad disk, a folder that went away) are findings of that folder. */
async function guarded(folder: string, context: VerifyContext, check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (thrown) {
    const { code, syscall } = thrown as NodeJS.ErrnoException;
    if (syscall === undefined) throw thrown;
    context.failure('unreadable', folder, `it can not be read (${code})`);
  }
}

function groupByChain(segments: readonly SegmentNode[], days: readonly DayNode[]): Chain[] {
  const chains = new Map<string, { site: string; node: string; segments: SegmentNode[]; days: DayNode[] }>();
  const chainOf = ({ site, node }: { readonly site: string; readonly node: string }) => {
    const key = `${site}/${node}`;
    const chain = chains.get(key) ?? { site, node, segments: [], days: [] };
    chains.set(key, chain);
    return chain;
  };
  for (const segment of segments) chainOf(segment).segments.push(segment);
  for (const day of days) chainOf(day).days.push(day);
  return [...chains.values()];
}

async function hasChanged(root: string, before: Scan, options: VerifyOptions): Promise<boolean> {
  const now = await scan(root, new VerifyContext(root, options, false));
  const names = (found: Scan) => [...found.segments, ...found.days].join('\n');
  return names(now) !== names(before);
}
