import type { EventDraft } from '../../event/draft.ts';
import { type FieldTable, lower, named, port, text } from '../../event/setters.ts';
import { dropUntranslated } from '../../event/translation.ts';
import { readEvent } from '../../watchguard/events.ts';
import { FIREBOX_FIELDS, fireboxAccount, READ_APART, setUrl } from '../../watchguard/fields.ts';
import { classifyTraffic } from '../../watchguard/traffic.ts';
import { protocol } from '../../welf/fields.ts';
import { labelTable } from '../labels.ts';
import type { CefProduct } from '../product.ts';
import { readStandard } from '../standard.ts';

/** Fireware's names beside LEEF's own (WatchGuard Fireware Help, "IBM LEEF log format"). */
const FIELDS: FieldTable = new Map([
  ...FIREBOX_FIELDS,
  ...named([...READ_APART].join(' '), () => undefined),
  ...named('host_name sys_name', text('observer.name')),
  ['serial', text('observer.serial_number')],
  ['policy', text('rule.name')],
  ['disp', lower('event.action')],
  ['in_if', text('observer.ingress.interface.name')],
  ['out_if', text('observer.egress.interface.name')],
  ['suser', fireboxAccount],
  ['srcPostNATPORT', port('source.nat.port')],
  ['dstPostNATPORT', port('destination.nat.port')],
  ['pr', protocol],
]);
/** The message's id without the hyphen that it has elsewhere. */
const CODE = /^([\dA-F]{4})([\dA-F]{4})$/i;

/** WatchGuard Firebox with LEEF as its log format. */
export const watchguardProduct: CefProduct = {
  matches: (vendor) => vendor === 'watchguard',

  read(draft, { classId }, pairs) {
    const { event } = draft;
    const time = readStandard(draft, pairs, { fields: FIELDS, labels: labelTable() });
    event['event.dataset'] = 'watchguard.fireware';
    event['observer.type'] = 'firewall';
    const code = CODE.exec(classId);
    if (code) event['event.code'] = `${code[1]}-${code[2]}`.toUpperCase();
    setUrl(draft, pairs);
    dropUntranslated(draft);
    if (pairs.has('disp')) classifyTraffic(draft, pairs);
    else readMessage(draft, pairs.get('msg') ?? '');
    return time;
  },
};

/** Events have nothing but their sentence. */
function readMessage(draft: EventDraft, said: string): void {
  const { event } = draft;
  event['event.category'] ??= 'host';
  if (!readEvent(said, draft)) draft.text('event.reason', said);
}
