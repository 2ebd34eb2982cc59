import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SEAL_FILES } from '@logmaster/core/evidence/manifest';
import { microsToRfc3339 } from '@logmaster/core/time';
import { DerError } from '@logmaster/signing/der/reader';
import { authorityName, isLocalTsa } from '@logmaster/signing/tsp/authority-name';
import { readToken } from '@logmaster/signing/tsp/token';
import type { Stamp } from '../../contracts/evidence.ts';
import { isMissing } from './archive-names.ts';

/** Shown for a token that can't be read; verifying names what is wrong with it. */
const UNREADABLE: Stamp = { legal: false, authority: '?', genTime: '' };

/** What a time-stamp says. It is not judged here: that is the verifier's work. */
export function describeToken(response: Uint8Array): Stamp {
  try {
    const { signer, genTime } = readToken(response);
    return {
      legal: !isLocalTsa(signer),
      authority: authorityName(signer),
      genTime: microsToRfc3339(genTime.ms * 1000),
    };
  } catch (error) {
    if (error instanceof DerError) return UNREADABLE;
    throw error;
  }
}

/** The time-stamp of a sealed folder; null while it is queued. */
export async function readStamp(folder: string): Promise<Stamp | null> {
  try {
    return describeToken(await readFile(path.join(folder, SEAL_FILES.token)));
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}
