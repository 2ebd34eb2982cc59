import { MICROS_PER_SECOND } from '@logmaster/core/time';
import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import type { VendorTime } from '../vendor.ts';
import { setRequest } from '../web-log/request.ts';
import { readLocalTime } from './native.ts';

/** `logformat referrer`: `1795452991.123 10.80.0.5 http://www.example.org/ http://www.example.com/` */
const REFERRER = /(\d{9,11})\.(\d{3}) ([^ ]{1,255}) ([^ ]{1,4096}) ([a-z]{2,8}:\/\/[^ ]{1,4096})$/y;
/** `logformat useragent`: `10.80.0.5 [23/Nov/2026:19:56:31 +0300] "curl/8.14.1"` */
const AGENT = /([^ ]{1,255}) (\[\d{1,2}\/[A-Z][a-z]{2}\/\d{4}:[^\]]{8,24}\]) "([^"]{0,2048})"$/y;

/** Squid's formats `referrer` and `useragent`, which say little of a request. Undefined for all other lines. */
export function readShort(text: string, at: number, draft: EventDraft): VendorTime | undefined {
  const end = text.trimEnd();
  REFERRER.lastIndex = at;
  const referrer = REFERRER.exec(end);
  AGENT.lastIndex = at;
  const agent = referrer ? null : AGENT.exec(end);
  if (!referrer && !agent) return undefined;
  const nothing = { user: undefined, method: undefined, result: undefined, status: undefined, bytes: undefined };
  setRequest(draft, {
    ...nothing,
    client: referrer?.[3] ?? agent?.[1],
    url: referrer?.[5],
    hierarchy: undefined,
    peer: undefined,
    type: undefined,
    referrer: referrer?.[4],
    agent: agent?.[3],
  });
  setKind(draft, 'web', 'info', 'request');
  if (!referrer) return readLocalTime(agent?.[2] as string);
  return { micros: Number(referrer[1]) * MICROS_PER_SECOND + Number(referrer[2]) * 1000 };
}
