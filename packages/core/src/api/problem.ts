import { z } from 'zod';
import { type AppError, ERRORS, type ErrorCode } from '../errors.ts';

/** RFC 9457 problem document. */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    code: z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]),
    request_id: z.string(),
    data: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problemSchema>;

/** The body of an error answer (RFC 9457). The cause is not in it. */
export function toProblem(error: AppError, requestId: string): Problem {
  const { status, title } = ERRORS[error.code];
  return {
    type: `urn:logmaster:error:${error.code.toLowerCase()}`,
    title,
    status,
    code: error.code,
    request_id: requestId,
    ...(error.detail === undefined ? {} : { detail: error.detail }),
    ...(error.data === undefined ? {} : { data: error.data }),
  };
}
