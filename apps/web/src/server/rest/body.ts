import { AppError } from '@logmaster/core/errors';
import type { z } from 'zod';
import { describeIssues } from '../shown-error.ts';

const MAX_BYTES = 4 * 1024 * 1024;

/** The JSON body of a request by its schema. Throws REQUEST_TOO_LARGE beyond 4 MiB, INVALID_INPUT for what does not fit. */
export async function readBody<T extends z.ZodType>(request: Request, schema: T): Promise<z.output<T>> {
  const result = schema.safeParse(parse(await readText(request)));
  if (result.success) return result.data;
  throw new AppError('INVALID_INPUT', { detail: describeIssues(result.error) });
}

async function readText(request: Request): Promise<string> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of request.body ?? []) {
    length += chunk.length;
    if (length > MAX_BYTES) throw new AppError('REQUEST_TOO_LARGE', { detail: `more than ${MAX_BYTES} bytes` });
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
