import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SEAL_FILES } from '@logmaster/core/evidence/manifest';
import { sha256Hex } from '../manifest-codec.ts';
import type { VerifyContext } from './context.ts';
import type { DayNode, SegmentNode } from './nodes.ts';

type Linked = SegmentNode | DayNode;

/**
 * Checks that the newest token each manifest names is there: its records lie between that one and its own. Only for a whole archive, as a manifest may name a token of another site of its node.
 */
export async function checkTokenLinks(nodes: readonly Linked[], context: VerifyContext): Promise<void> {
  const known = new Map<string, number | undefined>();
  for (const { token } of nodes) if (token) known.set(token.sha256, token.genTimeMs);
  const lost = nodes.filter(({ manifest }) => manifest?.newest_token && !known.has(manifest.newest_token));
  if (lost.length > 0) await addLateTokens(nodes, known);
  // A changed token, or a list of segments that can't be read, has its own finding; the old hash can't be here then.
  const explained = context.hasFailedWith('bad-token') || nodes.some((node) => 'opaque' in node && node.opaque);
  for (const node of nodes) {
    const newest = node.manifest?.newest_token;
    if (!newest) continue;
    if (!known.has(newest)) {
      if (explained) continue;
      context.failure('missing-token', node.place, `it names the time-stamp ${newest}, which is not in the archive`);
      continue;
    }
    const [before, own] = [known.get(newest), node.token?.genTimeMs];
    // The hash proves the order; times that contradict it tell of an authority's clock. Whole seconds may be equal.
    if (before !== undefined && own !== undefined && own + 1000 < before) {
      context.notice('clock-went-back', node.place, 'its time-stamp names an earlier time than the one before it');
    }
  }
}

/** Tokens that were written while the archive was being read. */
async function addLateTokens(nodes: readonly Linked[], known: Map<string, number | undefined>): Promise<void> {
  for (const node of nodes) {
    if (node.token || path.basename(node.place) === SEAL_FILES.segments) continue;
    const token = await readFile(path.join(node.place, SEAL_FILES.token)).catch(() => undefined);
    if (token) known.set(sha256Hex(token), undefined);
  }
}
