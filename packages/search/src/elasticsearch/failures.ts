import { errors } from '@elastic/elasticsearch';
import { type HealthReason, type ReasonParams, reasonText } from '@logmaster/core/api/health-reasons';
import { AppError } from '@logmaster/core/errors';

const TLS_FAULT = /certificate|self.signed|altname|\bTLS\b|\bSSL\b|EPROTO/i;
/** What Elasticsearch says of a query that has too many terms or too wild a pattern, or of wildcards where they are off. */
const TOO_COSTLY =
  /maxClauseCount|too_many_clauses|too many terms|Determiniz|automaton is too large|allow_expensive_queries/i;

/** The type of the deepest cause in an error answer: that of a shard says more than that of the whole search. */
function typeOf(cause: errors.ResponseError): string {
  const { error } = (cause.body ?? {}) as { error?: { type?: string; root_cause?: { type?: string }[] } };
  return error?.root_cause?.[0]?.type ?? error?.type ?? 'unknown';
}

/** Whether the query, not the server, is at fault: it has to be compiled without wildcards. */
export function isTooCostly(cause: unknown): boolean {
  if (!(cause instanceof errors.ResponseError) || cause.statusCode !== 400) return false;
  return TOO_COSTLY.test(JSON.stringify(cause.body));
}

export const isStatus = (cause: unknown, status: number) =>
  cause instanceof errors.ResponseError && cause.statusCode === status;

/** Which of the reasons that people are told in their language; undefined for an answer that nobody expects. */
function reasonOf(cause: unknown): HealthReason | undefined {
  if (cause instanceof errors.ConnectionError || cause instanceof errors.NoLivingConnectionsError) {
    return TLS_FAULT.test(cause.message) ? 'ELASTICSEARCH_TLS' : 'ELASTICSEARCH_AWAY';
  }
  if (cause instanceof errors.TimeoutError) return 'ELASTICSEARCH_SLOW';
  if (!(cause instanceof errors.ResponseError)) return undefined;
  const type = typeOf(cause);
  if (type === 'security_exception') {
    return cause.statusCode === 401 ? 'ELASTICSEARCH_REFUSED' : 'ELASTICSEARCH_RIGHTS';
  }
  if (type === 'cluster_block_exception') return 'INDEX_READ_ONLY';
  if (type === 'master_not_discovered_exception') return 'ELASTICSEARCH_NO_MASTER';
  if (cause.statusCode === 429) return 'ELASTICSEARCH_BUSY';
  return cause.statusCode === 503 ? 'INDEX_INCOMPLETE' : undefined;
}

/** The error of a part that is not well, which health tells in its own words. */
export function unwell(
  code: 'SEARCH_UNAVAILABLE' | 'CONFIG_INVALID',
  reason: HealthReason,
  { params, cause }: { params?: ReasonParams; cause?: unknown } = {},
): AppError {
  return new AppError(code, { detail: reasonText(reason, params), data: { reason, params: params ?? {} }, cause });
}

/** A failed request in words. What the server answered is the cause and stays in the log. */
export function explainFailure(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const reason = reasonOf(cause);
  if (reason) return unwell('SEARCH_UNAVAILABLE', reason, { cause });
  const type = cause instanceof errors.ResponseError ? typeOf(cause) : undefined;
  const detail =
    type === 'circuit_breaking_exception'
      ? 'the search needs more memory than it may use; narrow it'
      : `Elasticsearch gave an unexpected answer${type ? ` (${type})` : ''}`;
  return new AppError('SEARCH_UNAVAILABLE', { detail, cause });
}
