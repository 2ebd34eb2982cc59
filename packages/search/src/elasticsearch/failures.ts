import { errors } from '@elastic/elasticsearch';
import { AppError } from '@logmaster/core/errors';

const TLS_FAULT = /certificate|self.signed|altname|\bTLS\b|\bSSL\b|EPROTO/i;
/** What Elasticsearch says of a query that has too many terms or too wild a pattern, or of wildcards where they are off. */
const TOO_COSTLY = /maxClauseCount|too_many_clauses|too many terms|Determiniz|allow_expensive_queries/i;

interface Refusal {
  readonly type: string;
  readonly reason: string;
}

/** The deepest cause in an error answer: that of a shard says more than that of the whole search. */
function refusalOf(cause: errors.ResponseError): Refusal {
  const { error } = (cause.body ?? {}) as {
    error?: { type?: string; reason?: string; root_cause?: { type?: string; reason?: string }[] };
  };
  const root = error?.root_cause?.[0];
  return { type: root?.type ?? error?.type ?? 'unknown', reason: root?.reason ?? error?.reason ?? '' };
}

/** Whether the query, not the server, is at fault: it has to be compiled without wildcards. */
export function isTooCostly(cause: unknown): boolean {
  if (!(cause instanceof errors.ResponseError) || cause.statusCode !== 400) return false;
  return TOO_COSTLY.test(JSON.stringify(cause.body));
}

export const isStatus = (cause: unknown, status: number) =>
  cause instanceof errors.ResponseError && cause.statusCode === status;

function detailOf(cause: unknown): string {
  if (cause instanceof errors.ConnectionError || cause instanceof errors.NoLivingConnectionsError) {
    return TLS_FAULT.test(cause.message)
      ? 'no encrypted connection to Elasticsearch can be made: its certificate is not accepted'
      : 'no node of Elasticsearch answers';
  }
  if (cause instanceof errors.TimeoutError) return 'Elasticsearch does not answer in time';
  if (!(cause instanceof errors.ResponseError)) return 'the answer of Elasticsearch can’t be read';
  const { type } = refusalOf(cause);
  if (type === 'security_exception') {
    return cause.statusCode === 401
      ? 'Elasticsearch refuses the user name, password or API key'
      : 'the account for Elasticsearch lacks a right that is needed';
  }
  if (type === 'cluster_block_exception') return 'Elasticsearch lets the index only be read; is its disk full?';
  if (type === 'circuit_breaking_exception') return 'the search needs more memory than it may use; narrow it';
  if (type === 'master_not_discovered_exception') return 'the cluster has no master';
  if (cause.statusCode === 429) return 'Elasticsearch is overloaded';
  if (cause.statusCode === 503) return 'a part of the index is not available';
  return `Elasticsearch refused a request (${type})`;
}

/** A failed request in words. What the server answered is the cause and stays in the log. */
export function explainFailure(cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  if (cause instanceof errors.ProductNotSupportedError) {
    return new AppError('CONFIG_INVALID', { detail: 'the server named as Elasticsearch is something else', cause });
  }
  if (isTooCostly(cause)) {
    return new AppError('INVALID_INPUT', { detail: 'the query has too many parts for the search engine', cause });
  }
  return new AppError('SEARCH_UNAVAILABLE', { detail: detailOf(cause), cause });
}
