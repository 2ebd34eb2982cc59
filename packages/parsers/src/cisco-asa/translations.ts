import { readClockDuration } from '../values/duration.ts';
import { ENDPOINT, IDENTITY, type MessageReader, setKind, setUser } from './messages.ts';

const TRANSLATION = new RegExp(
  String.raw`^(Built|Teardown) (dynamic|static) (?:(\w+) )?translation from ${ENDPOINT}${IDENTITY} to ${ENDPOINT}` +
    String.raw`(?: duration (\d{1,6}:\d{1,2}:\d{1,2}))?`,
  'i',
);

/** 305009–305012: `Built dynamic TCP translation from inside:<real> to outside:<mapped>`: who was the public address. */
export const readTranslation: MessageReader = (text, draft) => {
  const m = TRANSLATION.exec(text);
  if (!m) return false;
  const built = (m[1] as string).toLowerCase() === 'built';
  setKind(draft, 'network', built ? 'start' : 'end', m[1] as string);
  draft.label('translation', m[2]);
  draft.transport(m[3]);
  draft.text('observer.ingress.interface.name', m[4]);
  draft.ip('source.ip', m[5]);
  draft.port('source.port', m[6]);
  setUser(draft, m[7]);
  draft.text('observer.egress.interface.name', m[8]);
  draft.ip('source.nat.ip', m[9]);
  draft.port('source.nat.port', m[10]);
  if (m[11] !== undefined) draft.duration(readClockDuration(m[11]));
  return true;
};
