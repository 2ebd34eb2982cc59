import { ADDRESS, type IosReader, setKind } from './messages.ts';

/** `10.0.0.1(51000)`, with `(GigabitEthernet0/1 0050.56aa.bb01)` after the source when the list says log-input. */
const HIT = new RegExp(
  String.raw`^(?:access-)?list (\S{1,128}) (permitted|denied) (\w{1,12}) (?:(${ADDRESS})(?:\((\d{1,5})\))?)` +
    String.raw`(?: ?\(([^\s()]{1,64})(?: ([\da-fA-F.]{14}))?\))? -> (${ADDRESS})(?: ?\((\d{1,5})(?:\/(\d{1,3}))?\))?,? {1,2}(\d{1,10}) packets?`,
);
/** Standard lists see the source only. */
const STANDARD = new RegExp(String.raw`^list (\S{1,128}) (permitted|denied) (?:0 )?(${ADDRESS}) (\d{1,10}) packets?`);

/** %SEC-6-IPACCESSLOGP, DP, NP, RP, S and %IPV6-6-ACCESSLOGP: packets that hit an entry since the last report. */
export const readAccessLog: IosReader = (text, draft) => {
  const m = HIT.exec(text);
  if (!m) return readStandard(text, draft);
  setKind(draft, 'network', m[2] === 'denied' ? 'denied' : 'allowed', m[2] as string);
  draft.text('rule.name', m[1]);
  draft.transport(m[3]);
  draft.ip('source.ip', m[4]);
  draft.port('source.port', m[5]);
  draft.text('observer.ingress.interface.name', m[6]);
  draft.mac('source.mac', m[7]);
  draft.ip('destination.ip', m[8]);
  if (m[10] === undefined) draft.port('destination.port', m[9]);
  else {
    draft.label('icmp_type', m[9]);
    draft.label('icmp_code', m[10]);
  }
  draft.long('source.packets', m[11]);
  return true;
};

const readStandard: IosReader = (text, draft) => {
  const m = STANDARD.exec(text);
  if (!m) return false;
  setKind(draft, 'network', m[2] === 'denied' ? 'denied' : 'allowed', m[2] as string);
  draft.text('rule.name', m[1]);
  draft.ip('source.ip', m[3]);
  draft.long('source.packets', m[4]);
  return true;
};
