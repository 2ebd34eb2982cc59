/** Parts of `GET /a HTTP/1.1`. */
export interface RequestLine {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly version: string | undefined;
}

/** The first word, what stands in the middle (some clients send blanks), and the version where the last word is one. */
export function splitRequest(line: string): RequestLine {
  const first = line.indexOf(' ');
  if (first < 0) return { method: line, url: undefined, version: undefined };
  const last = line.lastIndexOf(' ');
  const hasVersion = last > first && line.startsWith('HTTP/', last + 1);
  return {
    method: line.slice(0, first),
    url: line.slice(first + 1, hasVersion ? last : undefined),
    version: hasVersion ? line.slice(last + 1).replace('HTTP/', '') : undefined,
  };
}
