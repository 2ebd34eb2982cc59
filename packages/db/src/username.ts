/** At most this many characters: it is shown in lists and written into logs. */
export const MAX_USERNAME = 64;

/**
 * The form two spellings of one account name share: compatibility forms unified, upper and lower case folded, and the
 * four Turkish letters I, İ, ı, i made one, so that `İDİL`, `idil` and `ıdıl` sign in as the same person.
 */
export function foldUsername(username: string): string {
  return username.trim().normalize('NFKC').replace(/[İIı]/g, 'i').toLowerCase().normalize('NFC');
}
