import type { EventDraft } from '../event/draft.ts';

/** Traefik (`CommonLogFormatter`): ` 72 "router" "http://10.0.0.9:80" 12ms`: request's number, router, server, time. */
const TRAEFIK = / \d{1,12} "([^"]{0,255})" "([^"]{0,512})" (\d{1,10})ms/y;
/** ingress-nginx (`upstreaminfo`): ` 502 0.001 [ns-svc-80] [] 10.0.0.9:80 13 0.000 200 id`: request's length, time, upstream. */
const INGRESS = / (\d{1,12}) (\d{1,8}\.\d{3}) \[([^\]]{0,255})\] \[[^\]]{0,255}\] ([^ ]{1,512})/y;

/** What proxies put behind the combined format. True when the line's time is that of the request's beginning. */
export function readTail(text: string, at: number, draft: EventDraft): boolean {
  if (at >= text.length) return false;
  TRAEFIK.lastIndex = at;
  const traefik = TRAEFIK.exec(text);
  if (traefik) {
    draft.text('observer.product', 'Traefik');
    draft.label('router', traefik[1]);
    draft.label('server', traefik[2]);
    draft.seconds(String(Number(traefik[3]) / 1000));
    return true;
  }
  INGRESS.lastIndex = at;
  const ingress = INGRESS.exec(text);
  if (!ingress) return false;
  draft.long('source.bytes', ingress[1]);
  draft.seconds(ingress[2]);
  draft.label('upstream', ingress[3]);
  draft.label('upstream_address', ingress[4]);
  return false;
}
