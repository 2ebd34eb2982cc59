import type { EventDraft } from '../event/draft.ts';
import { account } from '../event/setters.ts';
import type { VendorInput } from '../vendor.ts';

/** Tags of the management web server's two logs. */
const TAG = '[ssl_';
const ADDRESS = String.raw`[\da-fA-F.:]{2,45}`;
const TIME = String.raw`\[(\d\d/[A-Z][a-z]{2}/\d{4}:\d\d:\d\d:\d\d [+-]\d{4})\]`;
const ACCESS = new RegExp(
  String.raw`\[ssl_acc\] (${ADDRESS}) - (\S{1,128}) ${TIME} "?([^"\s]{1,4096})(?: HTTP/[\d.]{1,4})?"? (\d{3}) (\d{1,16}|-)`,
);
const REQUEST = new RegExp(
  String.raw`\[ssl_req\] ?${TIME} (${ADDRESS}) (\S{1,32}) (\S{1,64}) "([^"\s]{1,4096})(?: HTTP/[\d.]{1,4})?" (\d{1,16}|-)`,
);

/** `logger[32640]: [ssl_acc] …`: said by a program whose name is common, so that the tag must follow at once. */
export function looksLikeManagement({ text, messageAt }: VendorInput): boolean {
  const at = text.indexOf(TAG, messageAt);
  return at >= 0 && at <= messageAt + 64 && /^(?:acc|req)\]/.test(text.slice(at + TAG.length, at + TAG.length + 4));
}

/**
 * Requests at BIG-IP's own web interface: `[ssl_acc] 10.0.0.5 - admin [03/Aug/2026:15:31:17 +0300] "/mgmt/…" 200 1111`,
 * `[ssl_req][03/Aug/2026:15:31:17 +0300] 10.0.0.5 TLSv1.2 ECDHE-… "/mgmt/…" 1111`.
 */
export function readManagement(said: string, draft: EventDraft): void {
  const { event } = draft;
  event['event.category'] = 'web';
  const access = ACCESS.exec(said);
  if (access) {
    draft.ip('source.ip', access[1]);
    if (access[2] !== '-') account(draft, access[2] as string);
    setPath(draft, access[4] as string);
    draft.long('http.response.status_code', access[5]);
    if (access[6] !== '-') draft.long('destination.bytes', access[6]);
    return;
  }
  const request = REQUEST.exec(said);
  draft.ip('source.ip', request?.[2]);
  draft.label('tls_version', request?.[3]);
  draft.label('tls_cipher', request?.[4]);
  if (request?.[5] !== undefined) setPath(draft, request[5]);
  if (request?.[6] !== '-') draft.long('destination.bytes', request?.[6]);
}

function setPath(draft: EventDraft, path: string): void {
  draft.text('url.original', path);
  if (path.startsWith('/')) draft.text('url.path', path.split('?', 1)[0]);
}
