import { z } from 'zod';

/** What our session cookie says, once next-auth has opened it. The session's own state is in the database. */
const sessionTokenSchema = z.object({ sub: z.uuid(), sessionId: z.uuid() });
export type SessionToken = z.infer<typeof sessionTokenSchema>;

/** Null for a cookie that is not ours or of an older form. */
export function readSessionToken(token: unknown): SessionToken | null {
  const parsed = sessionTokenSchema.safeParse(token);
  return parsed.success ? parsed.data : null;
}
