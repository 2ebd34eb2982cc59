/** Values that say nothing. */
const EMPTY = new Set(['', '-', 'S-1-0-0', '0x0', '%%2313', 'N/A']);

export function put(data: Map<string, string>, name: string, value: string | undefined): void {
  if (value !== undefined && !EMPTY.has(value)) data.set(name, value);
}
