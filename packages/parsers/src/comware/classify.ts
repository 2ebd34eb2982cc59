import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { addTotals } from '../event/totals.ts';
import { dropUntranslated } from '../event/translation.ts';
import type { Mark } from '../info-center/mark.ts';
import type { WrittenTime } from '../time/device-time.ts';
import { utcMicros } from '../time/read-time.ts';
import { verdictOf } from '../values/verdict.ts';
import type { VendorTime } from '../vendor.ts';

const THREATS = /^(?:IPS|AV|ATK|ANTI-VIR|WAF|APT|BLS|DDOS|ARP|IPSG|PORTSEC)$/i;
const CONTENT = /^(?:UFLT|DFILTER|FFILTER|AUDIT|APR|URL)$/i;
/** `(8)Session created`, `(1)Normal over`, `Permit` */
const EVENT = /^(?:\((\d{1,3})\))?(.{0,128})$/;

/** Category, type and action of a record of pairs; the times of a session. */
export function classifyFastLog(
  draft: EventDraft,
  mark: Mark,
  pairs: ReadonlyMap<string, string>,
): VendorTime | undefined {
  const event = EVENT.exec(pairs.get('event') ?? '');
  const said = event?.[2] ?? '';
  const action = pairs.get('action')?.split(/[,;&]/, 1)[0]?.trim();
  dropUntranslated(draft);
  addTotals(draft);
  if (/^(?:SESSION|NAT|DSLITE|CGN)$/i.test(mark.module)) return classifySession(draft, mark, said, pairs);
  const verdict = verdictOf(action ?? said);
  if (THREATS.test(mark.module)) {
    draft.event['event.kind'] = 'alert';
    setKind(draft, 'intrusion_detection', verdict ?? 'info', action ?? mark.brief);
    draft.text('event.reason', pairs.get('reason'));
  } else if (CONTENT.test(mark.module)) setKind(draft, 'web', verdict ?? 'info', action ?? mark.brief);
  else if (verdict !== undefined) setKind(draft, 'network', verdict, action ?? said);
  return undefined;
}

function classifySession(
  draft: EventDraft,
  { brief }: Mark,
  said: string,
  pairs: ReadonlyMap<string, string>,
): VendorTime {
  const denied = /^DENY/i.test(brief);
  const created = /creat|alloc|assign|begin/i.test(said) || /ALLOC|ASSIGN|CREATE/i.test(brief);
  const running = /active|interim|update/i.test(said);
  setKind(
    draft,
    'network',
    denied ? 'denied' : created ? 'start' : running ? 'info' : 'end',
    said === '' ? brief : said,
  );
  const [begin, end] = ['begintime_e', 'endtime_e'].map((name) => momentOf(pairs.get(name)));
  if (begin !== undefined && end !== undefined && end >= begin) draft.duration((end - begin) * 1000);
  return begin === undefined ? {} : { start: (): WrittenTime => ({ local: begin, yearMissing: false, offset: 0 }) };
}

/** `11232026165631`: month, day, year, hour, minute, second in UTC; modules whose key ends with `_c` put the year first. → µs */
function momentOf(text: string | undefined): number | undefined {
  const m = text === undefined ? null : /^(\d\d)(\d\d)(\d{4})(\d\d)(\d\d)(\d\d)$/.exec(text);
  if (!m) return undefined;
  const [month, day, year, hour, minute, second] = m.slice(1).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return utcMicros(year, month - 1, day, hour, minute, second);
}
