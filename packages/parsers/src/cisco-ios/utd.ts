import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { setUrl } from '../event/url.ts';
import { readTime } from '../time/read-time.ts';
import type { VendorInput, VendorTime } from '../vendor.ts';

/** `2026/11/23-19:56:31.784868 UTC [**] [Hostname: r-1] [**] …`: time, device, verdict, what was found. */
const HEAD =
  /(\d{4})\/(\d\d)\/(\d\d)-(\d\d:\d\d:\d\d(?:\.\d{1,6})?) ([A-Z]{1,5}) \[\*\*\] \[Hostname: ([^\]]{1,255})\] \[\*\*\] (?:\[[A-Za-z_]{1,24}: [^\]]{0,64}\] \[\*\*\] ){0,3}(\w{1,16}) \[\*\*\] /y;
const MARK = ' [**] [Hostname: ';
/** Before the time stands at most a header. */
const REACH = 200;
const PAIR = /\[([A-Za-z]{2,24}): ([^\]]{0,1024})\]/g;
const SIGNATURE = /^\[(\d{1,10}:\d{1,10}:\d{1,10})\] (.{1,512}?) \[\*\*\]/;
const PACKET =
  /\{(\w{1,16})\} ([\da-fA-F.]{7,15}|[\da-fA-F:]{2,45}?)(?::(\d{1,5}))? -> ([\da-fA-F.]{7,15}|[\da-fA-F:]{2,45}?)(?::(\d{1,5}))?$/;

function headOf({ text, messageAt }: VendorInput): RegExpExecArray | null {
  if (!text.slice(0, REACH).includes(MARK)) return null;
  // A header's reader may have taken the time for its own.
  const priority = text.startsWith('<') ? text.indexOf('>') + 1 : 0;
  for (const at of [messageAt, priority]) {
    HEAD.lastIndex = text[at] === ' ' ? at + 1 : at;
    const m = HEAD.exec(text);
    if (m) return m;
  }
  return null;
}

/** Is it a record of IOS-XE's unified threat defense (IPS and URL filtering of SD-WAN routers)? */
export function isUtd(input: VendorInput): boolean {
  return headOf(input) !== null;
}

export function readUtd(input: VendorInput, draft: EventDraft): VendorTime | undefined {
  const head = headOf(input);
  if (!head) return undefined;
  const [all, year, month, day, clock, zone, name, verdict = ''] = head;
  const { event } = draft;
  event['event.dataset'] = 'cisco.utd';
  event['observer.vendor'] = 'Cisco';
  event['observer.product'] = 'IOS XE';
  event['observer.type'] = 'router';
  draft.text('observer.name', name);
  event.message = input.text.slice(head.index);
  const said = input.text.slice(head.index + all.length, head.index + all.length + 4096).trim();
  const pairs = new Map([...said.matchAll(PAIR)].map(([, key = '', value = '']) => [key, value] as const));
  const signature = SIGNATURE.exec(said);
  const type = /^(?:drop|block|reject)/i.test(verdict) ? 'denied' : /^pass/i.test(verdict) ? 'allowed' : 'info';
  setKind(draft, signature ? 'intrusion_detection' : 'web', type, verdict);
  draft.text('rule.id', signature?.[1]);
  draft.text('rule.name', signature?.[2] ?? pairs.get('POLICY'));
  draft.text('rule.category', pairs.get('Classification') ?? pairs.get('Category'));
  if (!signature) draft.text('event.reason', said.split(' [**]', 1)[0]);
  const url = pairs.get('URL');
  if (url !== undefined) setUrl(draft, url);
  for (const key of ['Priority', 'VRF', 'Reputation']) draft.label(key.toLowerCase(), pairs.get(key));
  const packet = PACKET.exec(said.slice(-160));
  if (packet) {
    draft.transport(packet[1]);
    draft.ip('source.ip', packet[2]);
    draft.port('source.port', packet[3]);
    draft.ip('destination.ip', packet[4]);
    draft.port('destination.port', packet[5]);
  } else draft.fail('message', 'no addresses at its end');
  return { written: () => readTime(`${year}-${month}-${day} ${clock}${zone === 'UTC' ? 'Z' : ''}`, 0)?.time };
}
