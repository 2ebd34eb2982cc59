import type { FlatEvent } from '@logmaster/core/event/event';
import { directionOf, isInternal } from './address-scope.ts';
import type { AssetNames } from './asset-names.ts';
import type { GeoLookup } from './geo-place.ts';
import { type IdentityTable, periodAt } from './identity-table.ts';
import { serviceName } from './service-names.ts';

/** What is known where a record was made. */
export interface SiteFacts {
  readonly site: string;
  readonly siteName: string | undefined;
  readonly assets: AssetNames | undefined;
}

export interface Enrichment {
  /** Undefined where no GeoIP files are configured. */
  readonly geo: GeoLookup | undefined;
  readonly identities: IdentityTable;
}

type Side = 'source' | 'destination';

/**
 * Adds to an event what follows from it and from what is known beside it. What the record itself says is never changed; what
 * is concluded from other records stands under `logmaster.derived`. The rows of a batch get the same in
 * packages/pipeline/src/processor/enrichment/row-enricher.ts; a test compares them.
 */
export function enrichEvent(event: FlatEvent, facts: SiteFacts, { geo, identities }: Enrichment): void {
  const source = event['source.ip'];
  const destination = event['destination.ip'];
  if (source !== undefined && destination !== undefined)
    event['network.direction'] ??= directionOf(isInternal(source), isInternal(destination));
  const service = serviceName(event['destination.port'], event['network.transport']);
  if (service !== undefined) event['logmaster.service.name'] = service;
  if (facts.siteName !== undefined) event['logmaster.site.name'] = facts.siteName;
  for (const side of ['source', 'destination'] as const) {
    addPlace(event, side, geo);
    addAsset(event, side, facts);
  }
  addIdentity(event, facts.site, identities);
}

function addPlace(event: FlatEvent, side: Side, geo: GeoLookup | undefined): void {
  const address = event[`${side}.ip`];
  if (geo === undefined || address === undefined || isInternal(address)) return;
  const place = geo.placeOf(address);
  if (place?.countryCode !== undefined) event[`${side}.geo.country_iso_code`] ??= place.countryCode;
  if (place?.countryName !== undefined) event[`${side}.geo.country_name`] ??= place.countryName;
  if (place?.asNumber !== undefined) event[`${side}.as.number`] ??= place.asNumber;
  if (place?.asOrganization !== undefined) event[`${side}.as.organization.name`] ??= place.asOrganization;
}

function addAsset(event: FlatEvent, side: Side, { site, assets }: SiteFacts): void {
  if (assets === undefined || assets.size === 0) return;
  const [address, mac] = [event[`${side}.ip`], event[`${side}.mac`]];
  const name =
    (mac === undefined ? undefined : assets.nameOfMac(site, mac)) ??
    (address === undefined ? undefined : assets.nameOfAddress(site, address));
  if (name !== undefined) event[`logmaster.${side}.asset.name`] = name;
}

/** A connection is the person's who was there when it began. */
function addIdentity(event: FlatEvent, site: string, identities: IdentityTable): void {
  const address = event['source.ip'];
  const at = event['event.start'] ?? event['@timestamp'];
  const history = address === undefined ? undefined : identities.historyOf(site, address);
  if (history === undefined || at === undefined) return;
  const login = event['user.name'] === undefined ? periodAt(history.logins, at) : undefined;
  if (login?.user !== undefined) {
    event['logmaster.derived.user.name'] = login.user;
    event['logmaster.derived.source'] = login.record;
  }
  const lease = event['source.mac'] === undefined ? periodAt(history.leases, at) : undefined;
  if (lease === undefined) return;
  if (lease.mac !== undefined) event['logmaster.derived.host.mac'] = lease.mac;
  if (lease.host !== undefined) event['logmaster.derived.host.name'] = lease.host;
  event['logmaster.derived.host.source'] = lease.record;
}
