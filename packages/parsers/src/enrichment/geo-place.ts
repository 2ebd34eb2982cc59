import { ipBytes } from '../values/ip-bytes.ts';
import type { MmdbValue } from './mmdb/decode.ts';
import type { Mmdb } from './mmdb/mmdb.ts';

/** What GeoIP files say of an address. */
export interface GeoPlace {
  readonly countryCode: string | undefined;
  readonly countryName: string | undefined;
  readonly asNumber: number | undefined;
  readonly asOrganization: string | undefined;
}

export interface GeoLookup {
  /** Of a public address in canonical text; undefined when no file knows it. Never throws. */
  placeOf(address: string): GeoPlace | undefined;
}

/** Addresses whose place is remembered: those of some minutes of traffic. */
const MAX_PLACES = 50_000;

/**
 * Looks into each file in turn; the first that knows a value gives it. Understood are the records of MaxMind's and
 * DB-IP's country, city and ASN files, and of IPinfo's.
 * @param onDamage a record that can't be read: the file is not what it was when it was opened
 */
export function createGeoLookup(files: readonly Mmdb[], onDamage: (error: unknown) => void): GeoLookup {
  const known = new Map<string, GeoPlace | undefined>();

  function find(file: Mmdb, bytes: Uint8Array): MmdbValue | undefined {
    try {
      return file.find(bytes);
    } catch (error) {
      onDamage(error);
      return undefined;
    }
  }

  function look(address: string): GeoPlace | undefined {
    const bytes = ipBytes(address);
    if (bytes === undefined) return undefined;
    const places = files.map((file) => readPlace(find(file, bytes)));
    const first = <K extends keyof GeoPlace>(name: K) => places.find((place) => place[name] !== undefined)?.[name];
    const place: GeoPlace = {
      countryCode: first('countryCode'),
      countryName: first('countryName'),
      asNumber: first('asNumber'),
      asOrganization: first('asOrganization'),
    };
    return Object.values(place).every((value) => value === undefined) ? undefined : place;
  }

  return {
    placeOf(address) {
      const place = known.get(address);
      if (place !== undefined || known.has(address)) return place;
      if (known.size >= MAX_PLACES) known.clear();
      const found = look(address);
      known.set(address, found);
      return found;
    },
  };
}

function readPlace(record: MmdbValue | undefined): GeoPlace {
  const country = at(record, 'country') ?? at(record, 'registered_country');
  const asn = text(at(record, 'asn'));
  return {
    countryCode: text(at(country, 'iso_code')) ?? text(at(record, 'country_code')) ?? shortText(country),
    countryName: text(at(at(country, 'names'), 'en')) ?? text(at(record, 'country_name')),
    asNumber:
      number(at(record, 'autonomous_system_number')) ??
      (asn !== undefined && /^AS\d{1,10}$/.test(asn) ? Number(asn.slice(2)) : undefined),
    asOrganization: text(at(record, 'autonomous_system_organization')) ?? text(at(record, 'as_name')),
  };
}

function at(value: MmdbValue | undefined, key: string): MmdbValue | undefined {
  if (typeof value !== 'object' || value instanceof Uint8Array || Array.isArray(value)) return undefined;
  return Object.hasOwn(value, key) ? (value as Readonly<Record<string, MmdbValue>>)[key] : undefined;
}

function text(value: MmdbValue | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** IPinfo's `country` is the code itself. */
function shortText(value: MmdbValue | undefined): string | undefined {
  const code = text(value);
  return code?.length === 2 ? code : undefined;
}

function number(value: MmdbValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
