import path from 'node:path';
import { AppError } from '@logmaster/core/errors';
import { verifyPath } from '@logmaster/signing/verify/verify';
import type { FolderInput } from '../../contracts/evidence.ts';
import type { Cancellable, Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { findFolder } from './find-folder.ts';
import { readAnchors, readSignerFingerprint } from './read-trust.ts';

type Deps = Pick<Dependencies, 'layout' | 'tsa' | 'logger'> & Cancellable;

/** One verification at a time: each reads and hashes every record of its folder on this thread. */
let previous: Promise<unknown> = Promise.resolve();

/**
 * Verifies a segment or a packed day: every record, the Merkle root, signature, signer, time-stamp. Signers are pinned
 * to this installation's. SEARCH_CANCELLED never; an aborted request ends the work and its answer goes nowhere.
 */
export async function verifyFolder(deps: Deps, user: SessionUser, input: FolderInput) {
  const folder = await findFolder(deps, user, input);
  const [tsaAnchors, signer] = await Promise.all([readAnchors(deps), readSignerFingerprint(deps)]);
  const waited = previous;
  const work = (async () => {
    // Only the turn matters here: its failure went to whoever asked for it.
    await waited.catch(() => undefined);
    if (deps.signal?.aborted) throw new AppError('CONFLICT', { detail: 'the verification was cancelled' });
    return verifyPath(path.join(deps.layout.archive, folder), {
      tsaAnchors,
      pinnedSigners: signer === null ? [] : [signer],
      signal: deps.signal,
    });
  })();
  previous = work;
  const { holds, checked, findings } = await work;
  deps.logger.info({ folder, holds, user: user.id }, 'evidence verified');
  return { holds, checked: { ...checked, authorities: [...checked.authorities] }, findings: [...findings] };
}
