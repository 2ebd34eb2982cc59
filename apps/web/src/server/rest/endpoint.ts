import type { TokenScope } from '@logmaster/core/api/token-scopes';
import type { z } from 'zod';

/** One method of one path of the REST API. */
export interface Endpoint {
  readonly summary: string;
  /** Left out: the last part of the path. */
  readonly id?: string;
  /** Of the query string. Those of the path are text. */
  readonly parameters?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly headers?: Readonly<Record<string, string>>;
  /** Left out: it answers without a body. */
  readonly response?: z.ZodType;
  /** Left out: 200. */
  readonly status?: number;
  /** Of the API token that it asks for; null: it needs none. */
  readonly scope: TokenScope | null;
  /** Another status with the same answer in it. */
  readonly also?: { readonly status: number; readonly description: string };
  /** Statuses of the problem documents it can answer, beside 401 and 403 where a token is needed. */
  readonly problems: readonly number[];
}
