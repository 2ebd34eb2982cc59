import { AppError } from '@logmaster/core/errors';
import type { z } from 'zod';
import { describeIssues } from '../shown-error.ts';

/**
 * The JSON body of a request by its schema. INVALID_INPUT for what does not fit it, REQUEST_TOO_LARGE for more than
 * `maxBytes`: no more than that is read.
 */
export async function readBody<T extends z.ZodType>(
  request: Request,
  schema: T,
  maxBytes: number,
): Promise<z.infer<T>> {
  const text = await readText(request, maxBytes);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new AppError('INVALID_INPUT', { detail: 'the body is no JSON', cause });
  }
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new AppError('INVALID_INPUT', { detail: describeIssues(result.error) });
}

async function readText(request: Request, maxBytes: number): Promise<string> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const reader = request.body?.getReader();
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) {
    bytes += piece.value.length;
    if (bytes > maxBytes) {
      await reader?.cancel();
      throw new AppError('REQUEST_TOO_LARGE', { detail: `the body may have ${maxBytes} bytes` });
    }
    pieces.push(piece.value);
  }
  return Buffer.concat(pieces).toString('utf8');
}
