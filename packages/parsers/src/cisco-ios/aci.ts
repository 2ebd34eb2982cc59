import { setKind } from '../event/kind.ts';
import type { IosReader } from './messages.ts';

/** `[code][lifecycle][cause][severity][object] text`; a session's record has `[login,session][severity][object]`. */
const BRACKETS = /\[([^[\]]{0,64}(?:\[[^\]]{0,256}\][^[\]]{0,256}){0,4})\] ?/y;
/** Of one record. */
const MAX_BRACKETS = 6;
const WHO = /user-([^\]\s]{1,128})\]/;
const FROM = /^From-([\da-fA-F.:]{2,45})-client-type-(\S{1,32})-(Success|Failure|Fail\w{0,8})/i;

/** Cisco ACI System Messages Reference: faults, events, and who signed in or out. Other remarks keep their text. */
export const readSession: IosReader = (text, draft) => {
  const parts: string[] = [];
  BRACKETS.lastIndex = 0;
  let rest = 0;
  for (let m = BRACKETS.exec(text); m && parts.length < MAX_BRACKETS; m = BRACKETS.exec(text)) {
    parts.push(m[1] as string);
    rest = BRACKETS.lastIndex;
  }
  const [code = ''] = parts;
  const session = /^(login|logout|refresh),session$/.exec(code)?.[1];
  if (session !== undefined) {
    const from = FROM.exec(text.slice(rest));
    const said = from?.[3]?.toLowerCase();
    const outcome = said === undefined ? undefined : said === 'success' ? 'success' : 'failure';
    const type = session === 'logout' ? 'end' : session === 'login' ? 'start' : 'info';
    setKind(draft, 'authentication', type, session, session === 'login' ? outcome : undefined);
    draft.text('user.name', WHO.exec(text.slice(0, 512))?.[1]);
    draft.ip('source.ip', from?.[1]);
    draft.label('client_type', from?.[2]);
  } else if (/^[FE]\d{1,9}$/.test(code)) {
    draft.label('code', code);
    if (parts.length > 2) draft.label('lifecycle', parts[1]);
    draft.label('object', parts.at(-1));
  }
  return true;
};
