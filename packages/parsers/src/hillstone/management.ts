import type { EventDraft } from '../event/draft.ts';
import { setKind, setSignIn } from '../event/kind.ts';
import { readEndpoint } from '../values/endpoint.ts';

const ADMIN =
  /^Admin user "([^"]{1,128})" (log(?:ined|ged in|in)|log(?:outed|ged out|out))\b(?:.{0,16}? through (\w{1,16}))?/;
const FROM = /\bfrom ([\da-fA-F.:]{2,64})(?: to ([\da-fA-F.:]{2,64}))?|\bthe IP is ([\da-fA-F.:]{2,45})/;
const FAILED = /^The IP ([\da-fA-F.:]{2,45}) has failed (\d{1,4}) times to login through (\w{1,16})/;

/** Administrators. False: the message is about something else. */
export function readAdmin(text: string, draft: EventDraft): boolean {
  const admin = ADMIN.exec(text);
  if (admin) {
    setSignIn(draft, !/out/.test(admin[2] as string));
    draft.text('user.name', admin[1]);
    draft.lower('network.protocol', admin[3]);
    const from = FROM.exec(text);
    setEnd(draft, 'source', from?.[1] ?? from?.[3]);
    setEnd(draft, 'destination', from?.[2]);
    return true;
  }
  const failed = FAILED.exec(text);
  if (!failed) return false;
  setKind(draft, 'authentication', 'start', 'login failed', 'failure');
  draft.ip('source.ip', failed[1]);
  draft.label('times', failed[2]);
  draft.lower('network.protocol', failed[3]);
  return true;
}

/** An address at the end of a sentence has its point behind it. */
function setEnd(draft: EventDraft, side: 'source' | 'destination', written: string | undefined): void {
  if (written === undefined) return;
  const end = readEndpoint(written.replace(/\.$/, ''));
  draft.ip(`${side}.ip`, end?.ip ?? written);
  draft.port(`${side}.port`, end?.port);
}
