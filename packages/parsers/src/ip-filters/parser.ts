import type { EventDraft } from '../event/draft.ts';
import { findProgram } from '../programs/program.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { readIpchains, readIpfw, readIpmon } from './readers.ts';

interface Found {
  readonly product: string;
  readonly at: number;
  readonly read: (text: string, draft: EventDraft) => boolean;
}

export const IPMON_PROGRAMS: ReadonlyMap<string, true> = new Map([
  ['ipmon', true],
  ['ipfilter', true],
]);
/** The kernel's own lines: the mark stands right behind `kernel: `, or the head has taken it for the program. */
const MARKS = [
  ['Packet log: ', 'ipchains', readIpchains],
  ['ipfw: ', 'ipfw', readIpfw],
] as const;

/** `[ID 702911 local0.warning] ` */
const SOLARIS = /\[ID \d{1,8} [\w.]{1,32}\] /y;

function headOfSolaris(text: string, at: number): number {
  SOLARIS.lastIndex = at;
  return SOLARIS.exec(text)?.[0].length ?? 0;
}

function find(input: VendorInput): Found | undefined {
  const { text, messageAt, header } = input;
  const program = findProgram(input, IPMON_PROGRAMS);
  if (program) return { product: 'IPFilter', at: program.at + headOfSolaris(text, program.at), read: readIpmon };
  if (header.appname !== undefined && header.appname !== 'kernel' && header.appname !== 'ipfw') return undefined;
  const head = text.slice(messageAt, messageAt + 40);
  for (const [mark, product, read] of MARKS) {
    const within = head.indexOf(mark);
    const at = `${header.appname}: ` === mark ? messageAt - mark.length : within < 0 ? -1 : messageAt + within;
    if (at >= 0) return { product, at, read };
  }
  return undefined;
}

/** Packet filters of older Linux and of the BSDs and Solaris: ipchains, ipfw, IPFilter with its translations. */
export const ipFilterParser: VendorParser = {
  name: 'ip_filter',

  recognises: (input) => find(input) !== undefined,

  read(input, draft) {
    const found = find(input);
    if (!found) return undefined;
    const { event } = draft;
    event['event.dataset'] = `${found.product.toLowerCase()}.log`;
    event['event.category'] = 'host';
    event['event.type'] = 'info';
    event['observer.product'] = found.product;
    event['observer.type'] = 'firewall';
    found.read(input.text.slice(found.at), draft);
    return undefined;
  },
};
