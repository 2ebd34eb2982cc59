import type { SiteMapping } from '@logmaster/core/devices';
import type { ReparseRequest } from './reparse-files.ts';

const quoted = (value: string) => `"${value.replace(/["\\]/g, '\\$&')}"`;

/** The approved device of this id, name or address; undefined when there is none, or several have the name. */
export function approvedDevice({ devices }: SiteMapping, word: string): SiteMapping['devices'][number] | undefined {
  const [only, ...others] = devices.filter(({ id, name, address }) => [id, name, address].includes(word));
  return others.length > 0 ? undefined : only;
}

/**
 * Lucene words of what is asked for; the site and the time are the scope's. Undefined where it is not clear which
 * device is meant.
 */
export function reparseQuery(
  mapping: SiteMapping,
  { statuses, device }: Pick<ReparseRequest, 'statuses' | 'device'>,
): string | undefined {
  const status = `logmaster.parse.status:(${statuses.join(' OR ')})`;
  if (device === undefined) return status;
  const only = approvedDevice(mapping, device);
  if (only === undefined) return undefined;
  // Records from before its approval have no device.
  return `${status} AND (logmaster.device.id:${quoted(only.id)} OR log.source.address:${quoted(only.address)})`;
}
