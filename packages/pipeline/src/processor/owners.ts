import type { SiteMapping } from '@logmaster/core/devices';
import { UNASSIGNED_SITE } from '@logmaster/core/names';

/** Whom a sender belongs to. */
export interface Owner {
  readonly site: string;
  readonly deviceId: string | undefined;
  readonly deviceName: string | undefined;
  /** IANA zone of the site; undefined where nobody has set one. */
  readonly timeZone: string | undefined;
}

export const UNKNOWN_OWNER: Owner = {
  site: UNASSIGNED_SITE,
  deviceId: undefined,
  deviceName: undefined,
  timeZone: undefined,
};

export const NO_MAPPING: SiteMapping = { version: 0, sites: [], devices: [] };

/** Owners by source address. */
export function ownersOf(mapping: SiteMapping): ReadonlyMap<string, Owner> {
  return new Map(devicesOf(mapping).map(({ address, owner }) => [address, owner]));
}

/** Owners by the fingerprint of their client certificate. */
export function certifiedOwnersOf(mapping: SiteMapping): ReadonlyMap<string, Owner> {
  return new Map(
    devicesOf(mapping).flatMap(({ certificate, owner }): [string, Owner][] =>
      certificate === undefined ? [] : [[certificate, owner]],
    ),
  );
}

function devicesOf(mapping: SiteMapping) {
  const zones = new Map(mapping.sites.map(({ id, timeZone }) => [id, timeZone]));
  return mapping.devices.map(({ id, name, address, siteId, certificate }) => {
    const owner: Owner = { site: siteId, deviceId: id, deviceName: name, timeZone: zones.get(siteId) };
    return { address, certificate, owner };
  });
}

/** For a record that was routed to `site` long ago: the device, if it still belongs there. */
export function ownerInSite(
  mapping: SiteMapping,
  owners: ReadonlyMap<string, Owner>,
  address: string,
  site: string,
): Owner {
  const owner = owners.get(address);
  if (owner?.site === site) return owner;
  const zone = mapping.sites.find(({ id }) => id === site)?.timeZone;
  return { site, deviceId: undefined, deviceName: undefined, timeZone: zone };
}
