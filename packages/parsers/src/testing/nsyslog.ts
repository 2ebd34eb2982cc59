import type { HeaderParts } from './header-cases.ts';

/** What nsyslog-parser gives, as far as it is compared. It has no types of its own. */
interface NsyslogEntry {
  readonly prival?: number;
  readonly version?: number;
  readonly ts?: Date;
  readonly host?: string;
  readonly appName?: string;
  readonly pid?: string;
  readonly messageid?: string;
  readonly structuredData?: readonly Readonly<Record<string, string>>[] | string;
  readonly message?: string;
  readonly err?: unknown;
}

export type Nsyslog = (text: string, options?: { readonly generateTimestamp?: boolean }) => NsyslogEntry;

/** The same header in our words: what it calls `-` is nothing, and a moment is a moment in UTC. */
export function partsOf({ err, ...entry }: NsyslogEntry): Partial<HeaderParts> {
  if (err !== undefined) return {};
  const parts = {
    priority: Number.isInteger(entry.prival) ? entry.prival : undefined,
    version: entry.version === undefined ? undefined : String(entry.version),
    time: entry.ts === undefined || Number.isNaN(entry.ts.getTime()) ? undefined : entry.ts.toISOString(),
    hostname: given(entry.host),
    appname: given(entry.appName),
    procid: given(entry.pid),
    msgid: given(entry.messageid),
    data: dataOf(entry.structuredData),
    message: entry.message ?? '',
  };
  return Object.fromEntries(Object.entries(parts).filter(([, value]) => value !== undefined));
}

function given(value: string | undefined): string | undefined {
  return value === '-' || value === '' ? undefined : value;
}

function dataOf(data: NsyslogEntry['structuredData']): Record<string, string> | undefined {
  if (data === undefined || typeof data === 'string' || data.length === 0) return undefined;
  const entries = data.flatMap(({ $id, ...values }) =>
    Object.entries(values).map(([name, value]) => [`${$id}_${name}`, value] as const),
  );
  return Object.fromEntries(entries);
}
