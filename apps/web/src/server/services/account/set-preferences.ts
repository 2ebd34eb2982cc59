import { type Preferences, storePreferences } from '@logmaster/db/users';
import type { Dependencies } from '../../dependencies.ts';
import type { SessionUser } from '../../session-user.ts';
import { requireTimeZone } from '../time-zone.ts';

type Input = { readonly [K in keyof Preferences]?: Preferences[K] | undefined };

/** Stores what is given and returns all. */
export function setPreferences(
  { database: { primary } }: Pick<Dependencies, 'database'>,
  user: SessionUser,
  { locale, theme, timeZone }: Input,
): Promise<Preferences> {
  if (timeZone !== undefined) requireTimeZone(timeZone);
  return storePreferences(primary, user.id, {
    ...(locale === undefined ? {} : { locale }),
    ...(theme === undefined ? {} : { theme }),
    ...(timeZone === undefined ? {} : { timeZone }),
  });
}
