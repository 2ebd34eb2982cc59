import type { EventDraft } from '../event/draft.ts';
import { verdictOf } from '../values/verdict.ts';

/** Starts of the serial numbers of Fortinet's other products that write the same form. */
const OTHERS: readonly (readonly [start: string, product: string])[] = [
  ['FE', 'FortiMail'],
  ['FV', 'FortiWeb'],
  ['FAZ', 'FortiAnalyzer'],
  ['FMG', 'FortiManager'],
  ['FAD', 'FortiADC'],
  ['FAC', 'FortiAuthenticator'],
  ['FI', 'FortiDDoS'],
];
/** `from GUI(192.0.2.5)`: from where somebody has signed in. */
const FROM = /\bfrom [A-Za-z]{2,16}\(([\da-fA-F.:]{2,45})\)/;
/** Logs of FortiMail about mails. */
const MAILS = new Set(['statistics', 'spam', 'virus', 'encrypt']);
/** What FortiMail did with a mail besides stopping it. */
const DELIVERED = /^(?:accept|tag|deliver|insert|notif|bcc|archive|encrypt|rewrite|modify|none)/i;

const CHANGE = /^(Added|Deleted|Modified) '/;
const CHANGES = { Added: 'creation', Deleted: 'deletion', Modified: 'change' } as const;

/** A key that only FortiAuthenticator writes among those of FortiOS. */
export const OTHER_KEY = 'faclogindex';

/** FortiOS 4 wrote `log_id`; FortiMail, FortiWeb and FortiADC still do. A serial number tells which it is. */
export function finishProduct(draft: EventDraft): void {
  const { event } = draft;
  const serial = event['observer.serial_number'] ?? '';
  const product = OTHERS.find(([start]) => serial.startsWith(start))?.[1];
  if (product === undefined) return;
  setProduct(draft, product);
  const labels = event.labels ?? {};
  for (const field of ['user.name', 'event.action'] as const) if (event[field] === 'none') draft.drop(field);
  if (event['source.ip'] === undefined) draft.ip('source.ip', FROM.exec((labels.msg ?? '').slice(0, 512))?.[1]);
  if (labels.sppoperatingmode !== undefined) {
    event['event.type'] = labels.sppoperatingmode === 'detection' ? 'allowed' : 'denied';
    draft.text('event.reason', labels.description?.trim());
  }
  if (labels.type === 'kevent' && labels.subtype === 'config') {
    const verb = CHANGE.exec(labels.msg ?? '')?.[1] as keyof typeof CHANGES | undefined;
    event['event.category'] = 'configuration';
    event['event.type'] = verb === undefined ? 'change' : CHANGES[verb];
    draft.text('event.action', verb?.toLowerCase());
  } else if (product === 'FortiMail' && MAILS.has(labels.type ?? '')) finishMail(draft, labels);
  else if (labels.type === 'traffic' && event['http.request.method'] !== undefined) {
    event['event.category'] = 'web';
    event['event.type'] = 'allowed';
    if (labels.status === 'success' || labels.status === 'failure') event['event.outcome'] = labels.status;
  }
}

/** Says which product it is. */
export function setProduct({ event }: EventDraft, product: string): void {
  event['observer.product'] = product;
  event['event.dataset'] = `fortinet.${product.toLowerCase()}`;
}

/** `disposition` is a list: the first word decides. */
function finishMail(draft: EventDraft, labels: Readonly<Record<string, string>>): void {
  const { event } = draft;
  event['event.category'] = labels.type === 'virus' ? 'malware' : 'email';
  const done = (labels.disposition ?? '').split(/[;,]/, 1)[0]?.trim() ?? '';
  event['event.type'] = 'info';
  if (done === '') return;
  event['event.action'] = done.toLowerCase();
  event['event.type'] = verdictOf(done) ?? (DELIVERED.test(done) ? 'allowed' : 'denied');
}
