import path from 'node:path';

/** Names under `<data>/segments`, where segments are made before they go to the archive (docs/formats/segment.md). */
export class SegmentLayout {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  /** Held by the one sealer of the node. */
  get lock(): string {
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
}

function number(segment: number): string {
  return String(segment).padStart(8, '0');
}
