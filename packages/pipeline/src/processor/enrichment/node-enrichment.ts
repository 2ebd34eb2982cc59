import type { Enrichment } from '@logmaster/parsers/enrichment/enrich-event';
import type { IdentityClaim } from '@logmaster/parsers/enrichment/identity-claim';
import { IdentityTable } from '@logmaster/parsers/enrichment/identity-table';
import type { Events } from '@logmaster/telemetry/events';
import { GeoFiles } from './geo-files.ts';
import { IdentityBook } from './identity-book.ts';

export interface NodeEnrichmentOptions {
  readonly identityFile: string;
  readonly geoipFiles: readonly string[];
  readonly events: Events;
}

/** What the processor enriches records with, and learns from them. */
export class NodeEnrichment {
  private readonly options: NodeEnrichmentOptions;
  private book: IdentityBook | undefined;
  readonly geoip: GeoFiles;
  /** One object for all records; another one after each change. */
  current: Enrichment = { geo: undefined, identities: new IdentityTable() };

  constructor(options: NodeEnrichmentOptions) {
    this.options = options;
    this.geoip = new GeoFiles(options.geoipFiles, options.events);
  }

  /** Before the first record. */
  async open(): Promise<void> {
    this.book = await IdentityBook.open(this.options.identityFile, this.options.events);
    await this.poll();
  }

  /** Takes GeoIP files that have changed. */
  async poll(): Promise<void> {
    await this.geoip.poll();
    const { lookup: geo } = this.geoip;
    const identities = this.book?.table ?? this.current.identities;
    if (geo !== this.current.geo || identities !== this.current.identities) this.current = { geo, identities };
  }

  observe(site: string, claim: IdentityClaim): void {
    this.book?.observe(site, claim);
  }

  /** Before the records that told it go into the index. */
  async flush(): Promise<void> {
    await this.book?.flush();
  }
}
