import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { readTransport } from '../values/transport.ts';

const IP = String.raw`[\da-fA-F.:]{2,45}|\[[\da-fA-F.:]{2,45}\]`;
const PLACE = String.raw`(\[[\da-fA-F:.]{2,45}\]|\d{1,3}(?:\.\d{1,3}){3}|[\da-fA-F:]{3,45})(?:: ?(\d{1,5})(?:-(\d{1,5}))?)?`;
const ARROW = ` ?(?:<-{1,2}>|-{1,2}>) ?`;
/** `NAT-TCP-C: `, `NAT64-UDP-F: `, `NAT-PORT-BATCH-C: `, `FIXED-NAT-PORTS `, `DSLITE-TCP-C: ` */
const TAG = new RegExp(
  String.raw`\b((?:FIXED-)?(?:NAT(?:44|64|66)?|LSN|DS-?LITE|6RD|SIXRD))-([A-Z\d-]{1,32}?)(?:-([A-Z]))?:?(?: -){0,3} {1,2}(?=${IP})`,
);
/** The subscriber's side, the translated one; the peer behind `to`, or both directions of a session with a comma between. */
const PARTS = new RegExp(`${PLACE}${ARROW}${PLACE}(?:(?: to |, ?)${PLACE}(?:${ARROW}${PLACE})?)?`, 'y');
const HEAD = 240;

/** Where a record of a translation has its tag, and where the addresses begin; undefined for all else. */
export function findTranslation(text: string): { index: number; at: number; tag: RegExpExecArray } | undefined {
  const tag = TAG.exec(text.slice(0, HEAD));
  return tag ? { index: tag.index, at: tag.index + tag[0].length, tag } : undefined;
}

/** C and B: made, D and F: freed, U: still there. Fixed NAT tells what is so from now on. */
const LETTERS: ReadonlyMap<string, readonly [type: string, action: string]> = new Map([
  ['C', ['start', 'created']],
  ['N', ['start', 'created']],
  ['B', ['start', 'port batch allocated']],
  ['D', ['end', 'deleted']],
  ['F', ['end', 'freed']],
  ['R', ['end', 'released']],
  ['U', ['info', 'updated']],
]);

/**
 * ACOS' logs of carrier grade NAT in ASCII: a port's mapping, a block of ports, a session with both directions (System
 * Configuration and Administration Guide, CGN logging).
 */
export function readTranslation(text: string, at: number, tag: RegExpExecArray, draft: EventDraft): void {
  const [, family = '', middle = '', letter] = tag;
  const [type, action] = LETTERS.get(letter ?? '') ?? ['start', family.startsWith('FIXED') ? 'fixed nat' : 'allocated'];
  const isBatch = middle.includes('BATCH') || middle === 'PORTS';
  setKind(
    draft,
    'network',
    type,
    isBatch && letter !== undefined ? `port batch ${type === 'end' ? 'freed' : 'allocated'}` : action,
  );
  draft.label('nat', family.toLowerCase());
  const protocol = middle.split('-').find((word) => readTransport(word).number !== undefined);
  if (protocol !== undefined) draft.transport(protocol);
  PARTS.lastIndex = at;
  const m = PARTS.exec(text);
  if (!m) {
    draft.fail('source.ip', 'no addresses');
    return;
  }
  const place = (group: number) => ({ ip: m[group]?.replace(/[[\]]/g, ''), port: m[group + 1], last: m[group + 2] });
  const [first, second, third, fourth] = [place(1), place(4), place(7), place(10)];
  draft.ip('source.ip', first.ip);
  draft.port('source.port', first.port);
  // A session's second place is its peer; of the way back, the place that is not the peer's is the translated one.
  const isSession = fourth.ip !== undefined;
  const peer = isSession ? second : third;
  const translated = !isSession ? second : third.ip === second.ip && third.port === second.port ? fourth : third;
  draft.ip('source.nat.ip', translated.ip);
  draft.port('source.nat.port', translated.port);
  if (translated.last !== undefined) draft.label('port_block', `${translated.port}-${translated.last}`);
  draft.ip('destination.ip', peer.ip);
  draft.port('destination.port', peer.port);
}
