import { AppError } from '@logmaster/core/errors';
import type { z } from 'zod';
import { describeIssues } from '../shown-error.ts';

const MAX_BYTES = 4 * 1024 * 1024;

/**
 * The JSON body of a request by its schema. INVALID_INPUT for what does not fit it, REQUEST_TOO_LARGE for more than
 * `maxBytes`: no more than that is read.
 */
export async function readBody<T extends z.ZodType>(
  request: Request,
  schema: T,
  maxBytes = MAX_BYTES,
): Promise<z.output<T>> {
  const result = schema.safeParse(parse(await readText(request, maxBytes)));
  if (result.success) return result.data;
  throw new AppError('INVALID_INPUT', { detail: describeIssues(result.error) });
}

async function readText(request: Request, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > maxBytes) throw new AppError('REQUEST_TOO_LARGE', { detail: `the body may have ${maxBytes} bytes` });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('INVALID_INPUT', { detail: 'the body is no JSON', cause });
  }
}
