import { DEFAULT_TIME_ZONE } from './preferences.ts';

/** All zones that the browser knows, for a Select; the usual ones first. `chosen` may be one that it does not know. */
export function zoneOptions(chosen: string | null): { value: string; label: string }[] {
  const first = [DEFAULT_TIME_ZONE, 'UTC', ...(chosen === null ? [] : [chosen])];
  const zones = new Set([...first, ...Intl.supportedValuesOf('timeZone')]);
  return [...zones].map((value) => ({ value, label: value.replaceAll('_', ' ') }));
}
