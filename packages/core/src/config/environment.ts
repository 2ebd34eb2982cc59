import type { z } from 'zod';
import { AppError } from '../errors.ts';

/** The one place that reads process.env (lint rule noProcessEnv). Fragments beside this file say what each part needs. */
export function readEnvironment<T extends z.ZodObject>(
  fragment: T,
  source: NodeJS.ProcessEnv = process.env,
): z.infer<T> {
  const present = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const result = fragment.safeParse(present);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new AppError('CONFIG_INVALID', { detail: lines.join('; ') });
}

/** The environment for a child process: this one's, with the given names added. */
export function childEnvironment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  return { ...process.env, ...extra };
}
