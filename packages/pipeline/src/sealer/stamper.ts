import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { SEAL_FILES } from '@logmaster/core/evidence/manifest';
import type { Micros } from '@logmaster/core/time';
import type { TimestampAuthority } from '@logmaster/signing/contracts';
import { sha256Hex } from '@logmaster/signing/manifest-codec';
import { stampFolder } from '@logmaster/signing/seal';
import { readIfPresent } from '../files.ts';
import { readNewestToken, writeNewestToken } from '../segments/newest-token.ts';

/** Gets time-stamps for sealed folders, one after the other, and remembers the newest token for the next manifests. */
export class Stamper {
  private readonly tsa: TimestampAuthority;
  private readonly file: string;
  private turn: Promise<unknown> = Promise.resolve();
  newest: string | null = null;

  constructor(tsa: TimestampAuthority, newestTokenFile: string) {
    this.tsa = tsa;
    this.file = newestTokenFile;
  }

  async load(): Promise<void> {
    this.newest = await readNewestToken(this.file);
  }

  /** Does nothing when the folder has its token. Throws TSA_UNAVAILABLE or TSA_REFUSED. */
  async stamp(folder: string): Promise<void> {
    const present = await readIfPresent(path.join(folder, SEAL_FILES.token));
    if (present === undefined) await stampFolder(folder, this.tsa);
  }

  /**
   * Names the folder's token in the manifests to come. Only for folders in the archive: a verifier looks for it there. One
   * after the other: segments are stamped while a day is packed, and the file has one writer.
   */
  async remember(folder: string, now: Micros): Promise<void> {
    const turn = this.turn.then(() => this.write(folder, now));
    this.turn = turn.catch(() => undefined); // Whoever asked is told.
    await turn;
  }

  private async write(folder: string, now: Micros): Promise<void> {
    const sha256 = sha256Hex(await readFile(path.join(folder, SEAL_FILES.token)));
    await writeNewestToken(this.file, sha256, now);
    this.newest = sha256;
  }
}
