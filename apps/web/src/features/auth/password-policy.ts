import { foldText } from '../../i18n/fold.ts';

/** The same rules as the server checks (it is the one that decides); shown while typing. */
export const MIN_PASSWORD = 12;
const MIN_DIFFERENT = 5;

export const RULES = ['length', 'different', 'varied', 'notName'] as const;
export type Rule = (typeof RULES)[number];

export interface PasswordAttempt {
  readonly current: string;
  readonly next: string;
  readonly username: string;
}

export function ruleHolds(rule: Rule, { current, next, username }: PasswordAttempt): boolean {
  switch (rule) {
    case 'length':
      return [...next.normalize('NFC')].length >= MIN_PASSWORD;
    case 'different':
      return next !== '' && next !== current;
    case 'varied':
      return new Set(foldText(next)).size >= MIN_DIFFERENT;
    case 'notName':
      return (
        next !== '' && (username === '' || foldText(next).replaceAll(foldText(username), '').length >= MIN_PASSWORD / 3)
      );
  }
}
