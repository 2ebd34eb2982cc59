/** RFC 5424 §6.2.1, in the words `log.level` uses. */
export const LEVELS = [
  'emergency',
  'alert',
  'critical',
  'error',
  'warning',
  'notice',
  'informational',
  'debug',
] as const;

const ALIASES: Readonly<Record<string, string>> = {
  emerg: 'emergency',
  emergencies: 'emergency',
  crit: 'critical',
  err: 'error',
  warn: 'warning',
  information: 'informational',
  info: 'informational',
};

/** A vendor's word for a severity → ours; unknown words in lower case. */
export function levelWord(word: string): string {
  const lower = word.toLowerCase();
  return Object.hasOwn(ALIASES, lower) ? (ALIASES[lower] as string) : lower;
}
