import type { EventDraft } from '../event/draft.ts';
import { findProgram } from '../programs/program.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { isCombined, readCombined } from '../web-log/combined.ts';
import { isEcs, readEcs } from './ecs.ts';
import { isNative, readNative } from './native.ts';
import { readShort } from './short.ts';

export const PROGRAMS: ReadonlyMap<string, true> = new Map(
  ['squid', 'squid-1', 'squid-2', 'squid-3', 'squid3', 'squid_access', 'squid-access'].map(
    (name) => [name, true] as const,
  ),
);

const HOST_FIELDS = ['observer.name', 'log.syslog.hostname'] as const;

interface Start {
  readonly at: number;
  readonly named: boolean;
  /** The header has taken the milliseconds for a host's name. */
  readonly counted?: boolean;
}

/** Behind the program's name; a file's line has none. */
function startOf(input: VendorInput): Start {
  const program = findProgram(input, PROGRAMS);
  if (program) return { at: program.at, named: true };
  const { text, messageAt, header } = input;
  const { hostname } = header;
  if (hostname === undefined || header.appname !== undefined || !/^-?\d{1,8}$/.test(hostname))
    return { at: messageAt, named: false };
  return { at: text.lastIndexOf(hostname, messageAt - 1), named: false, counted: true };
}

/** Squid (also without its name): access log in its own, the common, the combined, the referrer, the useragent, the ICAP and OPNsense's ECS format; other lines keep their text. */
export const squidParser: VendorParser = {
  name: 'squid',

  recognises(input) {
    const { at, named } = startOf(input);
    return named || isNative(input.text, at) || (isCombined(input.text, at) && input.text.includes(':HIER_', at));
  },

  read(input, draft) {
    const { text } = input;
    const { at, counted } = startOf(input);
    setObserver(draft);
    if (counted) for (const field of HOST_FIELDS) draft.drop(field);
    if (isNative(text, at)) return readNative(text, at, draft);
    if (isCombined(text, at)) return readCombined(text, at, draft);
    if (isEcs(text, at)) return readEcs(text, at, draft);
    const time = readShort(text, at, draft);
    if (time) return time;
    draft.event['event.dataset'] = 'squid.cache';
    draft.event['event.category'] = 'host';
    draft.event['event.type'] = 'info';
    return undefined;
  },
};

function setObserver({ event }: EventDraft): void {
  event['event.dataset'] = 'squid.access';
  event['observer.vendor'] = 'Squid';
  event['observer.product'] = 'Squid';
  event['observer.type'] = 'proxy';
}
