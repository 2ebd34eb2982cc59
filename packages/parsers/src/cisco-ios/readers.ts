import type { IosReader } from './messages.ts';
import { ACCOUNTS } from './tables/accounts.ts';
import { EOS } from './tables/eos.ts';
import { PEOPLE } from './tables/people.ts';
import { SWITCHES } from './tables/switches.ts';
import { SYSTEM } from './tables/system.ts';
import { TRAFFIC } from './tables/traffic.ts';
import { WIRELESS } from './tables/wireless.ts';
import { XR } from './tables/xr.ts';

/** Cisco IOS System Message Guide, by facility and mnemonic. */
const READERS: ReadonlyMap<string, IosReader> = new Map([
  ...TRAFFIC,
  ...PEOPLE,
  ...ACCOUNTS,
  ...SYSTEM,
  ...SWITCHES,
  ...XR,
  ...EOS,
  ...WIRELESS,
]);

/** With and without the sub-facility, `%ACL-IPV4_ACL-6-…`, `%PIM-SW1-6-…`; IOS XR's group stands before it: `%PKT_INFRA-LINK-3-…`. */
export function readerOf(facility: string, mnemonic: string): IosReader | undefined {
  const hyphen = facility.indexOf('-');
  if (hyphen < 0) return READERS.get(`${facility}-${mnemonic}`);
  const [main, inner] = [facility.slice(0, hyphen), facility.slice(hyphen + 1).toUpperCase()];
  return (
    READERS.get(`${main}-${inner}-${mnemonic}`) ??
    READERS.get(`${main}-${mnemonic}`) ??
    READERS.get(`${inner}-${mnemonic}`)
  );
}

/** IOS-XE and AireOS name where a text comes from: `R0/0: sessmgrd: `, `apf_80211.c:18559 `, `Chassis 1 R0/0: wncd: `, `SIP0: fman_fp_image:  `. */
const PROCESS =
  /^ ?(?:\[?\w{1,32}\.c:\d{1,6}\]? |(?:(?:Chassis|Switch) \d{1,2} )?[A-Z]{1,4}\d{0,2}(?:\/\d{1,2}){0,2}: {1,3}[\w-]{1,32}: {1,3})/;

export function withoutProcess(text: string): string {
  const m = PROCESS.exec(text);
  return m ? text.slice(m[0].length) : text;
}
