import type { EventDraft } from '../event/draft.ts';
import { setQuestion } from './question.ts';

/** `[INFO] 10.0.0.5:50759 - 29008 "A IN example.com. udp 41 false 4096" NOERROR qr,aa,rd 97 0.000110s` (plugin log) */
const LINE =
  /(?:\[INFO\] )?(?:\[([\da-fA-F:.]{2,45})\]|([\d.]{7,15})):(\d{1,5}) - (\d{1,5}) "([A-Z\d]{1,16}) ([A-Z]{2}) ([^ "]{1,300}) (udp|tcp|https|grpc|tls|quic) (\d{1,6}) (true|false) (\d{1,5})" ([A-Z]{2,9}|-) ([a-z,]{0,24}|-) (\d{1,6}) ([\d.]{1,16})s/y;

export function isCoreDns(text: string, at: number): boolean {
  if (!text.startsWith('[INFO] ', at)) return false;
  LINE.lastIndex = at;
  return LINE.test(text);
}

export function readCoreDns(text: string, draft: EventDraft): boolean {
  LINE.lastIndex = 0;
  const m = LINE.exec(text);
  if (!m) return false;
  setQuestion(draft, {
    action: 'query',
    name: m[7],
    type: m[5],
    client: m[1] ?? m[2],
    clientPort: m[3],
    code: m[12],
  });
  if (m[8] === 'udp' || m[8] === 'tcp') draft.transport(m[8]);
  draft.label('dns_id', m[4]);
  draft.long('source.bytes', m[9]);
  draft.long('destination.bytes', m[14]);
  draft.duration(Math.round(Number(m[15]) * 1e9));
  return true;
}
