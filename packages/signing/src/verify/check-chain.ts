import path from 'node:path';
import { dayFolder, segmentFolderName } from '@logmaster/core/evidence/manifest';
import type { VerifyContext } from './context.ts';
import type { DayNode, SegmentNode } from './nodes.ts';

/** One chain: all segments of a site and node that lie under the verified path. */
export interface Chain {
  readonly site: string;
  readonly node: string;
  readonly segments: readonly SegmentNode[];
  readonly days: readonly DayNode[];
}

/**
 * Checks that the segments follow each other without gap: numbers, previous hashes, periods. `complete`: the chain
 * must begin with segment 1. What a folder's own findings explain is not reported a second time.
 */
export function checkSegmentChain(chain: Chain, complete: boolean, context: VerifyContext): void {
  const segments = dropCopies(chain, context);
  const opaque = chain.days.filter((day) => day.opaque);
  const [first] = segments;
  if (!first) return;
  if (complete && first.segment > 1 && !opaque.some((day) => day.day <= first.day)) {
    gap(chain, 1, first.segment - 1, undefined, first, context);
  }
  if (first.segment === 1 && first.manifest && first.manifest.previous !== null) {
    context.failure('chain-broken', first.place, `${titleOf(first)} names a previous manifest, but is the first`);
  }
  for (const [index, next] of segments.entries()) {
    const previous = segments[index - 1];
    if (!previous) continue;
    if (next.segment > previous.segment + 1) {
      if (opaque.some((day) => previous.day <= day.day && day.day <= next.day)) continue;
      gap(chain, previous.segment + 1, next.segment - 1, previous, next, context);
    } else if (previous.manifest && next.manifest) {
      checkLink(previous, next, context);
    }
  }
}

function checkLink(previous: SegmentNode, next: SegmentNode, context: VerifyContext): void {
  if (next.manifest?.previous !== previous.manifestSha256) {
    const message = `${titleOf(previous)} was replaced, or segment ${next.segment} is of another chain: segment ${next.segment} names another manifest as its previous one`;
    context.failure('chain-broken', previous.place, message);
  } else if (next.manifest?.period.from !== previous.manifest?.period.to) {
    const message = `${titleOf(next)} begins at ${next.manifest?.period.from}, but segment ${previous.segment} ended at ${previous.manifest?.period.to}`;
    context.failure('period-gap', next.place, message);
  }
}

/** While a day is being packed its segments are there twice; that is fine as long as they are the same. */
function dropCopies(chain: Chain, context: VerifyContext): SegmentNode[] {
  const kept: SegmentNode[] = [];
  for (const node of chain.segments.toSorted((a, b) => a.segment - b.segment)) {
    const twin = kept.at(-1);
    if (twin?.segment !== node.segment) {
      kept.push(node);
    } else if (twin.manifest && node.manifest && twin.manifestSha256 !== node.manifestSha256) {
      const message = `${titleOf(node)} is there twice with different manifests; the other one is ${context.relative(twin.place)}`;
      context.failure('duplicate-segment', node.place, message);
    } else {
      context.notice('copy', node.place, `${titleOf(node)} is also at ${context.relative(twin.place)}`);
      if (!twin.manifest) kept[kept.length - 1] = node;
    }
  }
  return kept;
}

function gap(
  chain: Chain,
  from: number,
  to: number,
  before: SegmentNode | undefined,
  after: SegmentNode,
  context: VerifyContext,
): void {
  const what = from === to ? `segment ${from}` : `segments ${from} to ${to}`;
  const where = before ? `between ${before.segment} and ${after.segment}` : `before ${after.segment}`;
  const message = `${what} of site ${chain.site}, node ${chain.node} ${from === to ? 'is' : 'are'} missing ${where}`;
  context.failure('gap', missingPlace(chain, from, before, after), message);
}

/** The folder that should be there, when both neighbours lie in the same day's folder; else where the gap shows. */
function missingPlace(chain: Chain, segment: number, before: SegmentNode | undefined, after: SegmentNode): string {
  const folder = path.dirname(after.place);
  const sameDay = before && before.place !== after.place && path.dirname(before.place) === folder;
  return sameDay ? path.join(folder, segmentFolderName(chain.node, segment)) : after.place;
}

/** Checks that packed days follow each other: each names the one before, and no day between them is missing. */
export function checkDayChain(chain: Chain, complete: boolean, context: VerifyContext): void {
  const days = chain.days.toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const unpacked = new Set(chain.segments.map((segment) => segment.day));
  const [first] = days;
  if (complete && first?.manifest && first.manifest.previous_day !== null) {
    const message = `packed days of site ${chain.site}, node ${chain.node} before ${first.day} are missing`;
    context.failure('gap', first.place, message);
  }
  for (const [index, next] of days.entries()) {
    const previous = days[index - 1];
    if (!previous) continue;
    const linked = next.manifest?.previous_day === previous.manifestSha256;
    const between = daysBetween(previous.day, next.day);
    const missing = between.filter((day) => !unpacked.has(day));
    if (previous.manifest && next.manifest && linked) {
      // Days that are not packed yet may lie between; their segments' own chain covers them.
      const adjacent = missing.length === between.length;
      if (adjacent && next.manifest.period.from !== previous.manifest.period.to) {
        const message = `${next.day} begins at ${next.manifest.period.from}, but ${previous.day} ended at ${previous.manifest.period.to}`;
        context.failure('period-gap', next.place, message);
      }
    } else if (missing.length > 0) {
      const what = missing.length === 1 ? `day ${missing[0]}` : `days ${missing[0]} to ${missing.at(-1)}`;
      const message = `${what} of site ${chain.site}, node ${chain.node} ${missing.length === 1 ? 'is' : 'are'} missing between ${previous.day} and ${next.day}`;
      context.failure('gap', siblingDay(previous, missing[0] as string), message);
    } else if (previous.manifest && next.manifest) {
      const message = `packed day ${previous.day} was replaced, or ${next.day} is of another chain: ${next.day} names another day.json as its previous one`;
      context.failure('chain-broken', previous.place, message);
    }
  }
}

function siblingDay({ place, site, node }: DayNode, day: string): string {
  const top = place.slice(0, -dayFolder(site, '0000-00-00').length - node.length - 1);
  return path.join(top, dayFolder(site, day), node);
}

const DAY_MS = 86_400_000;

/** At most the first 400 days between two; a longer gap needs no longer list. */
function daysBetween(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from) + DAY_MS; at < Date.parse(to) && days.length < 400; at += DAY_MS) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

function titleOf({ segment, site, node }: SegmentNode): string {
  return `segment ${segment} of site ${site}, node ${node}`;
}
