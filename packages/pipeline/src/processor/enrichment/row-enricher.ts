import type { ColumnBatch, TextFieldName } from '@logmaster/core/event/columns/column-batch';
import type { NumberColumn, TextColumn } from '@logmaster/core/event/columns/columns';
import { readEvent } from '@logmaster/core/event/columns/read-event';
import { directionOf } from '@logmaster/parsers/enrichment/address-scope';
import type { AssetNames } from '@logmaster/parsers/enrichment/asset-names';
import type { Enrichment } from '@logmaster/parsers/enrichment/enrich-event';
import { claimOf, type IdentityClaim } from '@logmaster/parsers/enrichment/identity-claim';
import { periodAt } from '@logmaster/parsers/enrichment/identity-table';
import { SERVICE_NAMES, TCP_SERVICES, UDP_SERVICES } from '@logmaster/parsers/enrichment/service-names';
import { type SideAddress, SidePlaces } from '../indexing/row-places.ts';
import type { Owner } from '../routing/owners.ts';
import { RowAssets } from './row-assets.ts';

/** Services of a transport, by its code in the batch. */
const OTHER_SERVICES = new Uint16Array(65_536);
const SERVICES: Readonly<Record<string, Uint16Array>> = { tcp: TCP_SERVICES, udp: UDP_SERVICES };

/** Of records that may say who is behind an address; `claimOf` decides. */
const TELLING_CATEGORIES = ['authentication'] as const;
const TELLING_PROTOCOLS = ['dhcp', 'radius'] as const;

/**
 * Enriches rows of one batch as `enrichEvent` does events: what each different value means is asked for once a batch, and
 * then found by its code.
 */
class BatchEnricher {
  readonly generation: number;
  readonly geo: Enrichment['geo'];
  private readonly batch: ColumnBatch;
  private readonly source: SidePlaces;
  private readonly destination: SidePlaces;
  private readonly sourceAssets: RowAssets;
  private readonly destinationAssets: RowAssets;
  private readonly direction: TextColumn;
  private readonly directions = new Map<string, number>();
  private readonly port: NumberColumn;
  private readonly transport: TextColumn;
  private readonly service: TextColumn;
  private readonly services: Uint16Array[] = [];
  private readonly serviceCodes: number[] = [];
  private readonly timestamp: NumberColumn;
  private readonly start: NumberColumn;
  private readonly user: TextColumn;
  private readonly mac: TextColumn;
  private readonly category: TextColumn;
  private readonly protocol: TextColumn;
  private readonly tells: { readonly category: boolean[]; readonly protocol: boolean[] } = {
    category: [],
    protocol: [],
  };

  constructor(batch: ColumnBatch, geo: Enrichment['geo']) {
    this.batch = batch;
    this.generation = batch.generation;
    this.geo = geo;
    this.source = new SidePlaces(batch, 'source', geo);
    this.destination = new SidePlaces(batch, 'destination', geo);
    this.sourceAssets = new RowAssets(batch, 'source');
    this.destinationAssets = new RowAssets(batch, 'destination');
    this.direction = batch.text('network.direction');
    this.port = batch.number('destination.port');
    this.transport = batch.text('network.transport');
    this.service = batch.text('logmaster.service.name');
    this.timestamp = batch.number('@timestamp');
    this.start = batch.number('event.start');
    this.user = batch.text('user.name');
    this.mac = batch.text('source.mac');
    this.category = batch.text('event.category');
    this.protocol = batch.text('network.protocol');
  }

  enrich(row: number, owner: Owner, identities: Enrichment['identities']): void {
    const source = this.source.write(row);
    const destination = this.destination.write(row);
    if (source !== undefined && destination !== undefined && this.direction.codes[row] === 0)
      this.direction.codes[row] = this.directionCode(directionOf(source.internal, destination.internal));
    this.setService(row);
    if (owner.assets !== undefined && owner.assets.size > 0) this.setAssets(row, owner.site, owner.assets);
    if (source !== undefined && identities.size > 0) this.setIdentity(row, owner.site, source, identities);
  }

  /** What the row, else complete, says of who is behind an address. */
  claim(row: number): IdentityClaim | undefined {
    const { tells } = this;
    const told =
      says(this.category, row, tells.category, TELLING_CATEGORIES) ||
      says(this.protocol, row, tells.protocol, TELLING_PROTOCOLS);
    return told ? claimOf(readEvent(this.batch, row)) : undefined;
  }

  private directionCode(direction: string): number {
    const known = this.directions.get(direction);
    if (known !== undefined) return known;
    const code = this.direction.dictionary.codeOfText(direction);
    this.directions.set(direction, code);
    return code;
  }

  private setService(row: number): void {
    const port = this.port.values[row] as number;
    const transport = this.transport.codes[row] as number;
    // NaN is not greater than anything.
    if (transport === 0 || !(port > 0)) return;
    let services = this.services[transport];
    if (services === undefined) {
      services = SERVICES[this.transport.dictionary.text(transport)] ?? OTHER_SERVICES;
      this.services[transport] = services;
    }
    const service = services[port] ?? 0;
    if (service === 0) return;
    this.serviceCodes[service] ??= this.service.dictionary.codeOfText(SERVICE_NAMES[service] as string);
    this.service.codes[row] = this.serviceCodes[service];
  }

  private setAssets(row: number, site: string, assets: AssetNames): void {
    this.sourceAssets.write(row, site, assets);
    this.destinationAssets.write(row, site, assets);
  }

  private setIdentity(row: number, site: string, address: SideAddress, identities: Enrichment['identities']): void {
    if (address.site !== site || address.epoch !== identities.epoch) {
      address.site = site;
      address.epoch = identities.epoch;
      address.history = identities.historyOf(site, address.text);
    }
    const { history } = address;
    if (history === undefined) return;
    const start = this.start.values[row] as number;
    const at = Number.isNaN(start) ? (this.timestamp.values[row] as number) : start;
    const login = this.user.codes[row] === 0 ? periodAt(history.logins, at) : undefined;
    if (login?.user !== undefined) {
      this.set(row, 'logmaster.derived.user.name', login.user);
      this.set(row, 'logmaster.derived.source', login.record);
    }
    const lease = this.mac.codes[row] === 0 ? periodAt(history.leases, at) : undefined;
    if (lease === undefined) return;
    if (lease.mac !== undefined) this.set(row, 'logmaster.derived.host.mac', lease.mac);
    if (lease.host !== undefined) this.set(row, 'logmaster.derived.host.name', lease.host);
    this.set(row, 'logmaster.derived.host.source', lease.record);
  }

  private set(row: number, field: TextFieldName, text: string): void {
    const { codes, dictionary } = this.batch.text(field);
    codes[row] = dictionary.codeOfText(text);
  }
}

/** Has the row one of these words in the column? Which codes mean them is remembered in `known`. */
function says({ codes, dictionary }: TextColumn, row: number, known: boolean[], words: readonly string[]): boolean {
  const code = codes[row] as number;
  if (code === 0) return false;
  known[code] ??= words.includes(dictionary.text(code));
  return known[code];
}

/** Enriches the rows of all batches with what is known at the moment, and hears what they tell. */
export class RowEnricher {
  private readonly enrichment: () => Enrichment;
  private readonly observe: (site: string, claim: IdentityClaim) => void;
  private readonly batches = new WeakMap<ColumnBatch, BatchEnricher>();

  constructor(enrichment: () => Enrichment, observe: (site: string, claim: IdentityClaim) => void) {
    this.enrichment = enrichment;
    this.observe = observe;
  }

  /** For the rows that are added to a batch next, until it is cleared. The row in the making must else be complete. */
  of(batch: ColumnBatch): (row: number, owner: Owner) => void {
    const { geo, identities } = this.enrichment();
    let enricher = this.batches.get(batch);
    if (enricher?.generation !== batch.generation || enricher.geo !== geo) {
      enricher = new BatchEnricher(batch, geo);
      this.batches.set(batch, enricher);
    }
    const current = enricher;
    return (row, owner) => {
      current.enrich(row, owner, identities);
      const claim = current.claim(row);
      if (claim !== undefined) this.observe(owner.site, claim);
    };
  }
}
