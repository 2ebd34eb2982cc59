import { type PipelineState, pipelineStateSchema } from '@logmaster/core/api/health';
import { type SearchResponse, searchResponseSchema } from '@logmaster/core/api/search';
import type { Stack } from './stack.ts';

/** `GET /api/v1/…` with a token; the raw response. */
export function get(stack: Pick<Stack, 'url'>, path: string, token?: string): Promise<Response> {
  return fetch(`${stack.url}${path}`, token ? { headers: { authorization: `Bearer ${token}` } } : {});
}

/** `GET /api/v1/search` that must succeed, read by the product's own schema. */
export async function search(
  stack: Pick<Stack, 'url'>,
  token: string,
  params: Readonly<Record<string, string>>,
): Promise<SearchResponse> {
  const response = await get(stack, `/api/v1/search?${new URLSearchParams(params)}`, token);
  if (!response.ok) throw new Error(`search gives ${response.status}: ${await response.text()}`);
  return searchResponseSchema.parse(await response.json());
}

/** The counters of the two identities, from the ingest sidecar. */
export async function pipeline(stack: Pick<Stack, 'ports'>): Promise<PipelineState> {
  const response = await fetch(`http://127.0.0.1:${stack.ports.metrics}/pipeline`);
  return pipelineStateSchema.parse(await response.json());
}
