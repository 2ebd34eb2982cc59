import type { SiteMapping } from '@logmaster/core/devices';
import { UNASSIGNED_SITE } from '@logmaster/core/names';
import { type AssetNames, createAssetNames } from '@logmaster/parsers/enrichment/asset-names';
import type { SiteFacts } from '@logmaster/parsers/enrichment/enrich-event';

/** Whom a sender belongs to. */
export interface Owner extends SiteFacts {
  readonly deviceId: string | undefined;
  readonly deviceName: string | undefined;
  /** IANA zone of the device, else of its site; undefined where nobody has set one. */
  readonly timeZone: string | undefined;
}

export const NO_MAPPING: SiteMapping = { version: 0, sites: [], devices: [] };

/** What one version of the mapping says. */
export interface Owners {
  readonly byAddress: ReadonlyMap<string, Owner>;
  /** By the fingerprint of the client certificate. */
  readonly byCertificate: ReadonlyMap<string, Owner>;
  /** Of senders that nobody knows. */
  readonly unknown: Owner;
  /** For a record that was routed to `site` long ago: the device, if it still belongs there. */
  inSite(address: string, site: string): Owner;
}

/** To be made once for each version of the mapping. */
export function ownersOf(mapping: SiteMapping): Owners {
  const assets = createAssetNames(mapping.assets ?? []);
  const sites = new Map(mapping.sites.map((site) => [site.id, site]));
  const byAddress = new Map<string, Owner>();
  const byCertificate = new Map<string, Owner>();
  for (const { id, name, address, siteId, certificate, timeZone } of mapping.devices) {
    const owner = { ...siteOwner(siteId, sites.get(siteId), assets), deviceId: id, deviceName: name };
    const zoned = timeZone === undefined ? owner : { ...owner, timeZone };
    byAddress.set(address, zoned);
    if (certificate !== undefined) byCertificate.set(certificate, zoned);
  }
  const siteOwners = new Map<string, Owner>();
  return {
    byAddress,
    byCertificate,
    unknown: siteOwner(UNASSIGNED_SITE, undefined, assets),
    inSite(address, site) {
      const owner = byAddress.get(address);
      if (owner?.site === site) return owner;
      const known = siteOwners.get(site) ?? siteOwner(site, sites.get(site), assets);
      siteOwners.set(site, known);
      return known;
    },
  };
}

function siteOwner(id: string, site: SiteMapping['sites'][number] | undefined, assets: AssetNames): Owner {
  return {
    site: id,
    siteName: site?.name,
    assets,
    deviceId: undefined,
    deviceName: undefined,
    timeZone: site?.timeZone,
  };
}
