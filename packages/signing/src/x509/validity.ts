const MS_PER_DAY = 86_400_000;
const MS_PER_YEAR = 365.25 * MS_PER_DAY;

/**
 * When a certificate of our own holds. It begins a day back: neither a clock that is set right after the installation
 * nor a device whose clock is slow shall find it not yet valid.
 */
export function validFor(years: number, now = Date.now()): { readonly notBefore: Date; readonly notAfter: Date } {
  return { notBefore: new Date(now - MS_PER_DAY), notAfter: new Date(now + years * MS_PER_YEAR) };
}
