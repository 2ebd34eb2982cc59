import { z } from 'zod';

export const portSchema = z.coerce.number().int().min(1).max(65_535);

/** `true` or `false`, as people write it in an environment. */
export const switchSchema = z
  .enum(['true', 'false'], { error: 'write true or false' })
  .transform((word) => word === 'true');

/** `a, b,c` as ['a', 'b', 'c'], each checked; an entry that is empty is left out. */
export function listOf<T extends z.ZodType<unknown, string>>(item: T) {
  return z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    )
    .pipe(z.array(item).min(1, 'the list is empty'));
}

function isUrl(text: string, schemes: readonly string[]): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password } = new URL(text);
  // A `%` that is no escape would only be found when the password is used.
  return schemes.includes(protocol.slice(0, -1)) && !/%(?![\da-f]{2})/i.test(username + password);
}

/** A URL of one of the schemes, `['redis', 'rediss']`. The message never repeats what was given: it may hold a password. */
export function urlOf(...schemes: readonly string[]) {
  const shown = schemes.map((scheme) => `${scheme}://…`).join(' or ');
  return z.string().refine((text) => isUrl(text, schemes), { error: `write a URL: ${shown}` });
}

/** PostgreSQL's own form of a URL may name several hosts, `postgresql://a,b/db`, which `URL` does not take. */
export const postgresUrlSchema = z
  .string()
  .regex(/^postgres(ql)?:\/\/\S+$/, 'write a URL: postgresql://user:password@host:port/database');
