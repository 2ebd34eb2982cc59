import type { EventDraft } from '../event/draft.ts';
import { verdictOf } from '../values/verdict.ts';

const CATEGORIES: ReadonlyMap<string, string> = new Map([
  ['webfilter', 'web'],
  ['antivirus', 'malware'],
  ['vulnerability', 'host'],
]);
/** What FortiClient did besides stopping or passing: `userbrowsed` is a page that somebody has opened. */
const PASSES = new Set(['passthrough', 'userbrowsed', 'warning']);

/** FortiClient's own records ("FortiClient Log Reference"), directly or by its management server: told by `fctver`. */
export function finishClient(draft: EventDraft, labels: Readonly<Record<string, string>>, hostname: string): void {
  const { event } = draft;
  // The name of the program that has opened the connection stands where the firewall has the sender's.
  const program = event['source.domain'];
  if (program !== undefined) {
    draft.drop('source.domain');
    draft.label('srcname', program);
  }
  draft.text('host.name', hostname);
  if (event['source.ip'] === undefined) draft.ip('source.ip', labels.deviceip);
  if (event['source.port'] === 0) draft.drop('source.port');
  draft.mac('source.mac', labels.devicemac);
  draft.text('destination.domain', labels.remotename);
  const word = (labels.utmaction ?? '').toLowerCase();
  if (word === '') return;
  event['event.category'] = CATEGORIES.get(labels.utmevent ?? '') ?? 'network';
  if (labels.utmevent === 'webfilter') draft.text('url.domain', labels.remotename);
  event['event.action'] = word;
  event['event.type'] = verdictOf(word) ?? (PASSES.has(word) ? 'allowed' : 'info');
}
