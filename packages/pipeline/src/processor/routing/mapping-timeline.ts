import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { type SiteMapping, siteMappingSchema } from '@logmaster/core/devices';
import { readIfPresent, removeIfPresent, replaceFile } from '../../files.ts';
import { comparePositions, type StreamPosition } from '../../journal/block.ts';
import type { JournalSource } from '../../journal/decode.ts';
import { type Positions, positionIn } from '../../segments/positions.ts';
import { NO_MAPPING, type Owner, type Owners, ownersOf } from './owners.ts';
import { toldSite } from './told-site.ts';

type Sender = Pick<JournalSource, 'address' | 'identity' | 'transport'>;

const IDENTITY_PREFIX = 'sha256:';
const FINGERPRINT_DIGITS = 64;

interface Entry {
  readonly file: string;
  readonly since: Positions;
  readonly mapping: SiteMapping;
  readonly owners: Owners;
}

/**
 * Which mapping applies to which stretch of the journal. A change takes effect at a place that is written down before
 * any record is routed by it, so that segments and index, which read at their own pace and again after a crash, route
 * each record alike.
 */
export class MappingTimeline {
  private readonly folder: string;
  private entries: Entry[];

  private constructor(folder: string, entries: Entry[]) {
    this.folder = folder;
    this.entries = entries;
  }

  /** @param known `mappings` of the checkpoint */
  static async open(folder: string, known: readonly { file: string; since: Positions }[]): Promise<MappingTimeline> {
    const entries: Entry[] = [];
    for (const { file, since } of known) {
      const bytes = await readIfPresent(path.join(folder, file));
      const mapping = bytes === undefined ? NO_MAPPING : siteMappingSchema.parse(JSON.parse(bytes.toString()));
      entries.push(entry(file, since, mapping));
    }
    if (entries.length === 0) entries.push(entry('none', {}, NO_MAPPING));
    return new MappingTimeline(folder, entries);
  }

  get newest(): SiteMapping {
    return (this.entries.at(-1) as Entry).mapping;
  }

  /** For the checkpoint. */
  get record(): { file: string; since: Positions }[] {
    return this.entries.map(({ file, since }) => ({ file, since }));
  }

  ownerOf(address: string, stream: string, place: StreamPosition): Owner {
    const { owners } = this.at(stream, place);
    return owners.byAddress.get(address) ?? owners.unknown;
  }

  /**
   * Whose record it is: the site that web says of an identity event, what the sender has proven, where it sent from. Place
   * and bytes are asked for only where they matter.
   */
  ownerAt(
    { address, identity, transport }: Sender,
    stream: string,
    place: () => StreamPosition,
    raw: () => Buffer,
  ): Owner {
    const { entries } = this;
    const { owners } = entries.length === 1 ? (entries[0] as Entry) : this.at(stream, place());
    const told = transport === 'internal' ? toldSite(raw()) : undefined;
    if (told !== undefined) return owners.inSite(address, told);
    const proven = identity === undefined ? undefined : owners.byCertificate.get(fingerprintIn(identity));
    return proven ?? owners.byAddress.get(address) ?? owners.unknown;
  }

  /** Adds a copy that applies from `since` on. False when it says nothing new. The caller writes the checkpoint next. */
  async add(mapping: SiteMapping, since: Positions): Promise<boolean> {
    const text = JSON.stringify(mapping);
    const file = `${mapping.version}-${createHash('sha256').update(text).digest('hex').slice(0, 12)}.json`;
    if ((this.entries.at(-1) as Entry).file === file) return false;
    await mkdir(this.folder, { recursive: true });
    await replaceFile(path.join(this.folder, file), text);
    this.entries.push(entry(file, structuredClone(since), mapping));
    return true;
  }

  /** Forgets copies that no reader will ask for: everything before these places is done. Returns the files to remove. */
  prune(done: Positions): string[] {
    const keep = this.entries.findLastIndex(({ since }) =>
      Object.entries(since).every(([stream, place]) => comparePositions(place, positionIn(done, stream)) <= 0),
    );
    const gone = this.entries.slice(0, Math.max(0, keep));
    this.entries = this.entries.slice(Math.max(0, keep));
    const used = new Set(this.entries.map(({ file }) => file));
    return gone.map(({ file }) => file).filter((file) => !used.has(file));
  }

  async removeFiles(files: readonly string[]): Promise<void> {
    for (const file of files) await removeIfPresent(path.join(this.folder, file));
  }

  private at(stream: string, place: StreamPosition): Entry {
    for (let i = this.entries.length - 1; i > 0; i--) {
      const candidate = this.entries[i] as Entry;
      if (comparePositions(positionIn(candidate.since, stream), place) <= 0) return candidate;
    }
    return this.entries[0] as Entry;
  }
}

function entry(file: string, since: Positions, mapping: SiteMapping): Entry {
  return { file, since, mapping, owners: ownersOf(mapping) };
}

/** Of `sha256:<hex> <subject>`. */
function fingerprintIn(identity: string): string {
  return identity.slice(IDENTITY_PREFIX.length, IDENTITY_PREFIX.length + FINGERPRINT_DIGITS);
}
