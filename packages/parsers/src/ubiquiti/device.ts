/** What UniFi access points and switches put before a program's line. */
export interface UnifiDevice {
  readonly model: string | undefined;
  readonly mac: string;
  readonly version: string;
  /** Position of the program's own line. */
  readonly end: number;
}

/** `U7LT,00005e005340,v4.0.66.10832: `, the same in `("…") `, gateways' `UDMPRO,00005e005340,udm-1.10.0.3686 `: model (not from all), MAC, firmware. */
const OLD = /\(?"?(?:([\w.-]{2,32}),)?([\da-f]{12}),(?:v|[a-z]{2,8}-)(\d[\w.+-]{1,40})"?\)?:? {1,2}/y;
/** `00005e005340,U6-Pro-6.5.28+14491: `: MAC, model and firmware. */
const NEW = /([\da-f]{12}),([\w .-]{2,40}?)-(\d{1,3}\.[\w.+-]{1,40}): {1,2}/y;

export function readDevice(text: string, at: number): UnifiDevice | undefined {
  OLD.lastIndex = at;
  const old = OLD.exec(text);
  if (old) return { model: old[1], mac: old[2] as string, version: old[3] as string, end: OLD.lastIndex };
  NEW.lastIndex = at;
  const m = NEW.exec(text);
  return m ? { model: m[2], mac: m[1] as string, version: m[3] as string, end: NEW.lastIndex } : undefined;
}
