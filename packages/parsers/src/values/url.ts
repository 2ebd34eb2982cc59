/** Parts of a request's target, as far as it has them. Text is taken as written: percent signs are left alone. */
export interface UrlParts {
  readonly scheme: string | undefined;
  readonly host: string | undefined;
  readonly port: string | undefined;
  readonly path: string | undefined;
}

/** `http://host:80/path`, `host:443` (CONNECT), `[2001:db8::1]:443`, `/path`. */
export function splitUrl(url: string): UrlParts {
  const mark = url.indexOf('://');
  const scheme = mark > 0 && mark <= 16 ? url.slice(0, mark).toLowerCase() : undefined;
  const rest = scheme === undefined ? url : url.slice(mark + 3);
  const slash = rest.search(/[/?#]/);
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const path = slash < 0 ? undefined : pathOf(rest.slice(slash));
  const host = authority.slice(authority.lastIndexOf('@') + 1);
  const close = host.indexOf(']');
  const colon = host.indexOf(':', close + 1);
  const name = colon < 0 ? host : host.slice(0, colon);
  const bare = name.startsWith('[') && name.endsWith(']') ? name.slice(1, -1) : name;
  return {
    scheme,
    host: bare === '' ? undefined : bare.toLowerCase(),
    port: colon < 0 || colon + 1 === host.length ? undefined : host.slice(colon + 1),
    path,
  };
}

function pathOf(text: string): string | undefined {
  const end = text.search(/[?#]/);
  const path = end < 0 ? text : text.slice(0, end);
  return path === '' ? undefined : path;
}
