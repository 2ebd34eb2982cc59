/**
 * How long a web node keeps an idle connection open, ms: far longer than the load balancer before it does (4 s, see
 * infra/nginx). With Node's own 5 s, a node that is busy for a second or two closed a connection at the very moment a
 * request came through it; a POST is never sent twice, so whoever pressed a button got 502.
 */
export const WEB_KEEP_ALIVE_MS = 75_000;
