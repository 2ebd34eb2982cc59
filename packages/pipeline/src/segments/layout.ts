import path from 'node:path';

/** Names under `<data>/segments`, where segments are made before they go to the archive (docs/formats/segment.md). */
export class SegmentLayout {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  /** Held by the one processor of the node. */
  get processorLock(): string {
    return path.join(this.root, 'processor.lock');
  }
  /** Held by the one sealer of the node. */
  get sealerLock(): string {
    return path.join(this.root, 'sealer.lock');
  }
  get checkpoint(): string {
    return path.join(this.root, 'checkpoint.json');
  }
  get newestToken(): string {
    return path.join(this.root, 'newest-token.json');
  }
  get archiveMarker(): string {
    return path.join(this.root, 'archive.json');
  }
  /** The processor's newest copy of the assignment of senders, for the sealer. */
  get siteMapping(): string {
    return path.join(this.root, 'site-mapping.json');
  }
  /** The processor's newest copy of the active custom parsers, for its next start and for the sealer. */
  get customParsers(): string {
    return path.join(this.root, 'custom-parsers.json');
  }

  /** Who was behind which address, as records of the last days say; the processor writes it, the sealer reads it. */
  get identities(): string {
    return path.join(this.root, 'identities.jsonl');
  }
  /** Where the files of a packed day are prepared; no site has a name with a dot. */
  get packing(): string {
    return path.join(this.root, '.packing');
  }
  /** What the index has under way after crashes without progress. */
  get attempt(): string {
    return path.join(this.root, 'attempt.json');
  }
  /** Requests to replay quarantined records, and their answers. */
  get replay(): string {
    return path.join(this.root, '.replay');
  }
  /** Requests to parse stored records again, how far they are, and their answers. */
  get reparse(): string {
    return path.join(this.root, '.reparse');
  }
  get quarantine(): string {
    return path.join(this.root, 'quarantine.jsonl');
  }
  site(site: string): string {
    return path.join(this.root, site);
  }
  chain(site: string): string {
    return path.join(this.root, site, 'chain.json');
  }
  open(site: string, segment: number): string {
    return path.join(this.root, site, `${number(segment)}.open.zst`);
  }
  plan(site: string, segment: number): string {
    return path.join(this.root, site, `${number(segment)}.plan.json`);
  }
  building(site: string, segment: number): string {
    return path.join(this.root, site, `${number(segment)}.building`);
  }
  sealed(site: string, segment: number): string {
    return path.join(this.root, site, `${number(segment)}.sealed`);
  }
  day(site: string, day: string): string {
    return path.join(this.root, site, `${day}.building`);
  }
  packedDay(site: string, day: string): string {
    return path.join(this.root, site, `${day}.packed.json`);
  }
}

function number(segment: number): string {
  return String(segment).padStart(8, '0');
}
