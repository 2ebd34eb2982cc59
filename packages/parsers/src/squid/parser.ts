import type { EventDraft } from '../event/draft.ts';
import { findProgram } from '../programs/program.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { isCombined, readCombined } from '../web-log/combined.ts';
import { isEcs, readEcs } from './ecs.ts';
import { isNative, readNative } from './native.ts';

export const PROGRAMS: ReadonlyMap<string, true> = new Map(
  ['squid', 'squid-1', 'squid-2', 'squid-3', 'squid3', 'squid_access', 'squid-access'].map(
    (name) => [name, true] as const,
  ),
);

/** Behind the program's name; a file's line has none. */
function startOf(input: VendorInput): { at: number; named: boolean } {
  const program = findProgram(input, PROGRAMS);
  return program ? { at: program.at, named: true } : { at: input.messageAt, named: false };
}

/** Squid (also without its name): access log in its own, the common, the combined and OPNsense's ECS format; other lines keep their text. */
export const squidParser: VendorParser = {
  name: 'squid',

  recognises(input) {
    const { at, named } = startOf(input);
    return named || isNative(input.text, at) || (isCombined(input.text, at) && input.text.includes(':HIER_', at));
  },

  read(input, draft) {
    const { text } = input;
    const { at } = startOf(input);
    setObserver(draft);
    if (isNative(text, at)) return readNative(text, at, draft);
    if (isCombined(text, at)) return readCombined(text, at, draft);
    if (isEcs(text, at)) return readEcs(text, at, draft);
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
