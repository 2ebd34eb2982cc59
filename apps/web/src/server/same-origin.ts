/**
 * Whether a request that may change something comes from our own pages. Cookies are SameSite=Lax, but `localhost` and
 * 127.0.0.1 are one site for all their ports, so another local program's page could post here.
 */
export function isSameOrigin(headers: Pick<Headers, 'get'>): boolean {
  const site = headers.get('sec-fetch-site');
  if (site !== null) return site === 'same-origin' || site === 'none';
  const origin = headers.get('origin');
  // Programs that are no browsers send neither, and carry no cookie of anyone else.
  return origin === null || (URL.canParse(origin) && new URL(origin).host === headers.get('host'));
}
