import type { EventDraft } from '../event/draft.ts';
import { type ServerProduct, setServer } from '../programs/server.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { readFlow } from './flow.ts';
import { readAdmin } from './management.ts';

const TYPES = ['Traffic', 'Event', 'Threat', 'Configuration', 'Network', 'Alarm', 'Security'] as const;
export const MARKS = TYPES.map((type) => `${type}@`);
/** `2812239202000738(root) 44243630 Traffic@FLOW: `: serial number or name, virtual system, id, type, module. */
const HEAD = new RegExp(
  String.raw`(?:([\w.-]{1,64})\(([\w.-]{1,64})\) )?([\da-f]{8}) (?:HillstoneNetworks#)?(${TYPES.join('|')})@(\w{1,24}): `,
  'y',
);
const STONE_OS: ServerProduct = {
  dataset: 'hillstone.stoneos',
  vendor: 'Hillstone',
  product: 'StoneOS',
  type: 'firewall',
};
const SERIAL = /^\d{16}$/;

function headOf({ text, messageAt }: VendorInput): RegExpExecArray | null {
  HEAD.lastIndex = messageAt;
  return HEAD.exec(text);
}

/** Hillstone StoneOS: "Log message format" of its administrator's guide, and its "Log Messages Reference". */
export const hillstoneParser: VendorParser = {
  name: 'hillstone_stoneos',

  recognises: (input) => headOf(input) !== null,

  read(input, draft) {
    const head = headOf(input);
    if (!head) return undefined;
    const [whole, name, system, id, type = '', module = ''] = head;
    setServer(draft, STONE_OS);
    setName(draft, name);
    draft.label('vsys', system);
    draft.text('event.code', id);
    draft.label('log_type', type);
    draft.label('module', module);
    const text = withoutTail(input.text.slice(input.messageAt + whole.length));
    if (type === 'Traffic') {
      const start = readFlow(text, draft);
      return start && { start: () => start };
    }
    readAdmin(text, draft);
    return undefined;
  },
};

/** Some versions end with LF and NUL. */
function withoutTail(text: string): string {
  let end = text.length;
  while (end > 0 && text.charCodeAt(end - 1) <= 0x20) end--;
  return text.slice(0, end);
}

function setName({ event }: EventDraft, name: string | undefined): void {
  if (name === undefined) return;
  event['observer.name'] ??= name;
  if (SERIAL.test(name)) event['observer.serial_number'] = name;
}
