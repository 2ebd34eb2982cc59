import type { EventDraft } from '../event/draft.ts';
import { readEndpoint } from '../values/endpoint.ts';

/** `203.0.113.71:80(www.example.com,user:ayse)`: an address or a name, what is known of it in brackets. */
const END = /^([^\s()]{1,255})(?:\(([^)]{0,255})\))?$/;

/** One side of a connection. A name stands where the firewall knows one for the address. */
export function setEnd(draft: EventDraft, side: 'source' | 'destination', written: string): void {
  const [, place = '', known = ''] = END.exec(written.trim()) ?? [];
  const end = readEndpoint(place);
  if (end) {
    draft.ip(`${side}.ip`, end.ip);
    draft.port(`${side}.port`, end.port);
  } else setName(draft, side, place);
  for (const fact of known.split(',')) {
    if (fact.startsWith('user:')) draft.text('user.name', fact.slice(5));
    else draft.text(`${side}.domain`, fact.trim());
  }
}

function setName(draft: EventDraft, side: 'source' | 'destination', place: string): void {
  const colon = place.lastIndexOf(':');
  const name = colon < 0 ? place : place.slice(0, colon);
  if (/^[\w.-]{1,253}$/.test(name) && !/^[\d.]+$/.test(name)) {
    draft.text(`${side}.domain`, name);
    draft.port(`${side}.port`, colon < 0 ? undefined : place.slice(colon + 1));
  } else draft.fail(`${side}.ip`, 'not an address');
}
