import type { WrittenTime } from '../time/device-time.ts';
import { HeaderPlaces, type Place } from './header-places.ts';
import { placeHeader } from './place-header.ts';
import { readParameters } from './structured-data.ts';
import { UnitScratch, type Units } from './units.ts';

/** What stands before the message. Every part may be missing. */
export interface SyslogHeader {
  /** 0–191: facility × 8 + severity. */
  priority?: number | undefined;
  /** Only RFC 5424 has one. */
  version?: string | undefined;
  time?: WrittenTime | undefined;
  hostname?: string | undefined;
  appname?: string | undefined;
  procid?: string | undefined;
  msgid?: string | undefined;
  structuredData?: readonly (readonly [name: string, value: string])[] | undefined;
  /** Position of the message in the text. */
  messageAt: number;
  /** Where the text claims to be something that it isn't. */
  fault?: { field: string; reason: string } | undefined;
}

const scratch = { units: new UnitScratch(), places: new HeaderPlaces() };

/** The header of a text, as `placeHeader` finds it. */
export function readHeader(text: string): SyslogHeader {
  const units = scratch.units.of(text, 0, text.length);
  placeHeader(units, 0, text.length, scratch.places);
  return headerOf(text, units, 0, scratch.places);
}

/** The parts as texts. Places are those of `units`, where the text begins at `from`. */
export function headerOf(text: string, units: Units, from: number, places: HeaderPlaces): SyslogHeader {
  const { data, priority } = places;
  const part = (place: Place) => (place.from < 0 ? undefined : text.slice(place.from - from, place.to - from));
  return {
    priority: priority < 0 ? undefined : priority,
    version: part(places.version),
    time: places.hasTime ? places.time.toWritten() : undefined,
    hostname: part(places.hostname),
    appname: part(places.appname),
    procid: part(places.procid),
    msgid: part(places.msgid),
    structuredData: data.from < 0 ? undefined : dataOf(text, units, from, data),
    messageAt: places.messageAt - from,
    fault: faultOf(places),
  };
}

function dataOf(text: string, units: Units, from: number, { from: at, to }: Place): SyslogHeader['structuredData'] {
  const parameters = readParameters(text, from === 0 ? units : units.subarray(from), at - from, to - from);
  return parameters.length > 0 ? parameters : undefined;
}

function faultOf({ isPriorityTooHigh, isDataMalformed }: HeaderPlaces): SyslogHeader['fault'] {
  if (isPriorityTooHigh) return { field: 'log.syslog.priority', reason: 'greater than 191' };
  return isDataMalformed ? { field: 'log.syslog.structured_data', reason: 'malformed' } : undefined;
}
