import type { EventDraft } from '../event/draft.ts';
import { objectOf, readJsonObject, textOf } from '../json-object/json-object.ts';
import { readTime } from '../time/read-time.ts';
import type { VendorTime } from '../vendor.ts';
import { setRequest } from '../web-log/request.ts';

export function isEcs(text: string, at: number): boolean {
  return text.charCodeAt(at) === 0x7b;
}

/** OPNsense's squid writes its access log as an ECS-like object; `event.duration` is in milliseconds there. */
export function readEcs(text: string, at: number, draft: EventDraft): VendorTime | undefined {
  const read = readJsonObject(text, at);
  if (!read) {
    draft.fail('message', 'not a JSON object');
    return undefined;
  }
  if (read.cut) draft.fail('message', 'JSON cut');
  const { object } = read;
  const request = objectOf(objectOf(object, 'http'), 'request');
  const response = objectOf(objectOf(object, 'http'), 'response');
  const labels = objectOf(object, 'labels');
  setRequest(draft, {
    client: textOf(objectOf(object, 'source'), 'ip'),
    user: textOf(objectOf(object, 'user'), 'name'),
    method: textOf(request, 'method'),
    url: textOf(objectOf(object, 'url'), 'original'),
    result: textOf(labels, 'request_status'),
    status: textOf(objectOf(response, 'body'), 'status_code') ?? textOf(response, 'status_code'),
    bytes: textOf(response, 'bytes'),
    hierarchy: textOf(labels, 'hierarchy_status'),
    peer: undefined,
    type: undefined,
    agent: textOf(objectOf(object, 'user_agent'), 'original'),
    referrer: textOf(request, 'referrer'),
  });
  const milliseconds = textOf(objectOf(object, 'event'), 'duration');
  if (milliseconds !== undefined && /^\d{1,10}$/.test(milliseconds)) draft.duration(Number(milliseconds) * 1e6);
  const written = textOf(object, '@timestamp');
  return written === undefined ? undefined : { written: () => readTime(written, 0)?.time };
}
