import type { SiteMapping } from '@logmaster/core/devices';
import type { ReparseRequest } from './reparse-files.ts';

const quoted = (value: string) => `"${value.replace(/["\\]/g, '\\$&')}"`;

/**
 * Lucene words of what is asked for; the site and the time are the scope's. Undefined when no approved device has this id,
 * name or address, or several have the name.
 */
export function reparseQuery(
  mapping: SiteMapping,
  { statuses, device }: Pick<ReparseRequest, 'statuses' | 'device'>,
): string | undefined {
  const status = `logmaster.parse.status:(${statuses.join(' OR ')})`;
  if (device === undefined) return status;
  const found = mapping.devices.filter(({ id, name, address }) => [id, name, address].includes(device));
  const [only, ...others] = found;
  if (only === undefined || others.length > 0) return undefined;
  // Records from before its approval have no device.
  return `${status} AND (logmaster.device.id:${quoted(only.id)} OR log.source.address:${quoted(only.address)})`;
}
