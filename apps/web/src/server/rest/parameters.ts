import { AppError } from '@logmaster/core/errors';
import type { z } from 'zod';
import { describeIssues } from '../shown-error.ts';

/**
 * The query string of a request by its schema. INVALID_INPUT for a parameter that is unknown, given twice or wrong:
 * a misspelt `form=` must not quietly search everything.
 */
export function readParameters<T extends z.ZodObject>(request: Request, schema: T): z.infer<T> {
  const given = new URL(request.url).searchParams;
  const twice = [...given.keys()].find((name) => given.getAll(name).length > 1);
  if (twice !== undefined) throw new AppError('INVALID_INPUT', { detail: `${twice}: given more than once` });
  const result = schema.strict().safeParse(Object.fromEntries(given));
  if (result.success) return result.data as z.infer<T>;
  throw new AppError('INVALID_INPUT', { detail: describeIssues(result.error) });
}

/** The parts of a route's path by their schema. INVALID_INPUT for a wrong one. */
export function readPath<T extends z.ZodObject>(params: Readonly<Record<string, string>>, schema: T): z.infer<T> {
  const result = schema.safeParse(params);
  if (result.success) return result.data as z.infer<T>;
  throw new AppError('INVALID_INPUT', { detail: describeIssues(result.error) });
}
