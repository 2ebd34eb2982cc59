import { beginMessage, findFormat } from '../format-start.ts';
import type { VendorParser } from '../vendor.ts';
import { readExtension } from './extension.ts';
import { readCefHeader } from './header.ts';
import { findProduct } from './products/products.ts';
import { setSeverity } from './severity.ts';
import { readStandard } from './standard.ts';

const MARK = 'CEF:';

/** Common Event Format 0 and 1, with or without a syslog header, of all products. */
export const cefParser: VendorParser = {
  name: 'cef',

  recognises(input) {
    const at = findFormat(input, MARK);
    return at >= 0 && isVersion(input.text, at + MARK.length);
  },

  read(input, draft) {
    const { text } = input;
    const at = findFormat(input, MARK);
    const header = readCefHeader(text, at);
    draft.event['event.dataset'] = 'generic.cef';
    beginMessage(input, draft, at);
    if (header?.extensionAt === undefined) draft.fail('message', 'CEF header not complete');
    if (header === undefined) return undefined;
    draft.text('observer.vendor', header.vendor);
    draft.text('observer.product', header.product);
    draft.text('observer.version', header.version);
    draft.text('event.code', header.classId);
    draft.label('name', header.name);
    setSeverity(draft, header.severity);
    const pairs = readExtension(text, header.extensionAt ?? text.length);
    const product = findProduct(header.vendor, header.product);
    return product ? product.read(draft, header, pairs) : readStandard(draft, pairs);
  },
};

/** `0|` or `1|`, with a space before in some senders. */
function isVersion(text: string, at: number): boolean {
  const digit = text[at] === ' ' ? at + 1 : at;
  return (text[digit] === '0' || text[digit] === '1') && text[digit + 1] === '|';
}
