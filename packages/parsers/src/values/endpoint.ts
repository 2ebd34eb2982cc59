import { canonicalIp } from './ip.ts';

export interface Endpoint {
  readonly ip: string;
  readonly port: string | undefined;
}

/**
 * `10.0.0.5:53`, `[2001:db8::5]:53`, `10.0.0.5`, and with `hasPort` also `2001:db8:0:0:0:0:0:5:53`, where only what
 * the writer always writes tells the port from the last group. Undefined when there is no address.
 */
export function readEndpoint(text: string, hasPort = false): Endpoint | undefined {
  if (text.length > 64) return undefined;
  if (text.startsWith('[')) {
    const close = text.indexOf(']');
    const ip = close < 0 ? undefined : canonicalIp(text.slice(1, close));
    return ip === undefined ? undefined : { ip, port: text[close + 1] === ':' ? text.slice(close + 2) : undefined };
  }
  const colon = text.lastIndexOf(':');
  const before = colon < 0 ? undefined : canonicalIp(text.slice(0, colon));
  if (before !== undefined && (hasPort || !before.includes(':'))) return { ip: before, port: text.slice(colon + 1) };
  const ip = canonicalIp(text);
  return ip === undefined ? undefined : { ip, port: undefined };
}
