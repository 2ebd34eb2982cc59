import type { EventDraft } from '../event/draft.ts';
import { setLease } from './lease.ts';

const LEASE =
  /^(?:Address|Prefix): ([\da-fA-F.:]{2,45}(?:\/\d{1,3})?) has been (assigned|renewed|released|declined|expired|reclaimed)(?: for (?:(\d{1,6}) days? )?(\d{1,6}) hrs? (\d{1,2}) mins? (\d{1,2}) secs?)?/;
const ADMINISTRATOR =
  /^(Administrator|HA partner) (added|updated|deleted) (?:a lease of|information on the lease of|the lease for) (?:address|prefix): ([\da-fA-F.:]{2,45})/;
const HARDWARE = /hardware address: (?:hwtype=\d{1,3} )?([\da-fA-F:]{2,59})/;
const DUID = /DUID: ([\da-fA-F:]{2,400})/;
const CLIENT = /client-id: ([\da-fA-F:]{2,400})/;
const RELAY = /relay at address: ([\da-fA-F.:]{2,45})/;
const CIRCUIT = /circuit-id: ([\da-fA-F:]{2,400})/;
const REMOTE = /remote-id: ([\da-fA-F:]{2,400})/;

const STARTS = ['Address: ', 'Prefix: ', 'Administrator ', 'HA partner '];
const SENTENCE =
  /^(?:Address|Prefix): .{2,50} has been (?:assigned|renewed|released|declined|expired|reclaimed)|^(?:Administrator|HA partner) .{1,40} lease/;

/** Kea writes the zone behind its times: `2026-11-23 19:56:31 +03 Address: …`, `… CET Address: …`. */
const ZONE = /(?:[+-]\d{2,4}|[A-Z]{2,5}) (?=Address: |Prefix: |Administrator |HA partner )/y;

/** Position of the sentence in a record; −1 when it is none. The head takes the first word before a colon for a tag. */
export function findForensic(text: string, begin: number, tag: string | undefined): number {
  ZONE.lastIndex = begin;
  const at = begin + (ZONE.exec(text)?.[0].length ?? 0);
  const word = STARTS.find((start) => text.startsWith(start, at));
  const from = word !== undefined ? at : tag === 'Address' || tag === 'Prefix' ? at - tag.length - 2 : -1;
  return from >= 0 && SENTENCE.test(text.slice(from, from + 160)) ? from : -1;
}

/**
 * Kea's forensic log, kept for lawful requests: `Address: 10.0.0.5 has been assigned for 1 hrs 0 mins 0 secs to a
 * device with hardware address: hwtype=1 00:00:5e:00:53:23, client-id: … connected via relay at address: 10.0.0.1,
 * identified by circuit-id: …` (Kea Administrator Reference Manual, "Forensic Logging").
 */
export function readForensic(text: string, draft: EventDraft): boolean {
  const lease = LEASE.exec(text);
  const administrator = lease ? null : ADMINISTRATOR.exec(text);
  if (!lease && !administrator) return false;
  const client = { mac: HARDWARE.exec(text)?.[1], duid: DUID.exec(text)?.[1] };
  if (lease) {
    const [, ip, word, days, hours, minutes, seconds] = lease;
    const length = hours === undefined ? undefined : secondsOf(days, hours, minutes, seconds);
    setLease(draft, { action: word === 'reclaimed' ? 'expired' : (word as string), ip, ...client, seconds: length });
  } else {
    const action = administrator?.[2] === 'deleted' ? 'deleted' : 'assigned';
    setLease(draft, { action, ip: administrator?.[3], ...client, reason: `by ${administrator?.[1]}` });
  }
  draft.label('client_id', CLIENT.exec(text)?.[1]);
  draft.label('relay', RELAY.exec(text)?.[1]);
  draft.label('circuit_id', CIRCUIT.exec(text)?.[1]);
  draft.label('remote_id', REMOTE.exec(text)?.[1]);
  return true;
}

function secondsOf(...[days, hours, minutes, seconds]: (string | undefined)[]): string {
  return String(((Number(days ?? 0) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds));
}
