import type { EventDraft } from '../event/draft.ts';
import { setKind } from '../event/kind.ts';
import { account } from '../event/setters.ts';
import type { VendorInput } from '../vendor.ts';
import { createSays, type Kind } from '../wording/says.ts';

/** `Event|5209|LOG_INFO|AMM|1/5|User …`: number, level, module, slot. */
const HEAD = /^ ?Event\|(\d{1,6})\|LOG_([A-Z]{3,7})\|([^|]{0,16})\|([^|]{0,16})\|/;
const REACH = 80;
const ERRORS = /^(?:EMERG|ALERT|CRIT|ERR)/;
const LINK: Kind = ['network', 'info', 'link'];

const says = createSays((draft, name, value) => {
  if (name === 'user') account(draft, value);
  else if (name === 'source.ip') draft.ip('source.ip', value);
  else if (name === 'in') draft.text('observer.ingress.interface.name', value);
  else draft.label(name, value);
});
const REMARKS = [
  says(
    ['authentication', 'start', 'login', 'success'],
    'User {user} logged in from {source.ip} through {service} session.',
    'User {user} logged in from {source.ip} through {service} session',
  ),
  says(
    ['authentication', 'end', 'logout'],
    'User {user} logged out of {service} session from {source.ip}.',
    'User {user} logged out of {service} session from {source.ip}',
    'User {user} logged out of {service} session.',
    'User {user} logged out of {service} session',
  ),
  says(LINK, 'Link status for interface {in} is {state}', 'Link status for port {in} is {state}'),
];

export function isAosCx({ text, messageAt }: VendorInput): boolean {
  return HEAD.test(text.slice(messageAt, messageAt + REACH));
}

/** Sign-ins and links of switches with ArubaOS-CX; other events keep their words. */
export function readAosCx({ text, messageAt }: VendorInput, draft: EventDraft): void {
  const m = HEAD.exec(text.slice(messageAt, messageAt + REACH));
  if (!m) return;
  draft.text('event.code', m[1]);
  if (m[4] !== '-') draft.label('slot', m[4]);
  const said = text.slice(messageAt + m[0].length).trim();
  if (REMARKS.some((read) => read(said, draft))) return;
  setKind(draft, 'host', ERRORS.test(m[2] as string) ? 'error' : 'info', 'event');
}
