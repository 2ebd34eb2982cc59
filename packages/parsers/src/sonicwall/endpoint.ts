import type { EventDraft, IpField, NumberField, TextField } from '../event/draft.ts';
import { canonicalIp } from '../values/ip.ts';

/** Where the parts of one end of a connection go. */
export interface EndpointFields {
  readonly ip: IpField;
  readonly port: NumberField;
  readonly name?: TextField;
  readonly interface?: TextField;
}

/** What Secure Mobile Access has for an address. */
const NAME = /^[A-Za-z\d-]{1,63}(?:\.[A-Za-z\d-]{1,63}){1,8}$/;

/** An address, and the text after the colon behind it. */
interface Split {
  readonly address: string;
  readonly rest: string | undefined;
}

/**
 * `10.0.0.5:51514:X0:pc-031`, `10.0.0.5`, `10.0.0.5::X0`, `:51514:WAN` (the address stands in srcV6),
 * `[2001:db8::5]:51514`, `2001:db8::5`, `::LAN:pc-031`: address, port, interface and name, as far as they are there.
 */
export function setEndpoint(draft: EventDraft, value: string, fields: EndpointFields, kept: string): void {
  // The unspecified address, where IPv6's stands apart: `::51514:X0`.
  const { address, rest } = splitAddress(/^::\d{1,5}:[A-Z]/.test(value) ? value.slice(1) : value);
  if (address !== '') {
    if (canonicalIp(address) === undefined) {
      if (fields.name !== undefined && rest === undefined && NAME.test(address)) draft.text(fields.name, address);
      else draft.label(kept, value);
      return;
    }
    draft.ip(fields.ip, address);
  }
  if (rest === undefined) return;
  const [port = '', side = '', name = ''] = rest.split(':', 3);
  // Zero: the event has no port.
  if (/^0?[1-9]\d{0,4}$/.test(port)) draft.port(fields.port, port);
  else if (port !== '' && !/^0+$/.test(port) && side === '') draft.label(`${kept}_zone`, port);
  if (fields.interface !== undefined) draft.text(fields.interface, side);
  if (fields.name !== undefined && canonicalIp(name) === undefined) draft.text(fields.name, name);
}

function splitAddress(value: string): Split {
  if (value.startsWith('[')) {
    const close = value.indexOf(']');
    if (close > 0) return { address: value.slice(1, close), rest: afterColon(value, close + 1) };
  }
  if (canonicalIp(value) !== undefined) return { address: value, rest: undefined };
  const colon = value.indexOf(':');
  return colon < 0
    ? { address: value, rest: undefined }
    : { address: value.slice(0, colon), rest: value.slice(colon + 1) };
}

function afterColon(value: string, at: number): string | undefined {
  return value[at] === ':' ? value.slice(at + 1) : undefined;
}
