/** What a header says, in the words of the page. Times are as written: without a year where there is none. */
export interface HeaderParts {
  readonly priority?: number;
  readonly version?: string;
  readonly time?: string;
  readonly hostname?: string;
  readonly appname?: string;
  readonly procid?: string;
  readonly msgid?: string;
  readonly data?: Readonly<Record<string, string>>;
  /** The field that is named in `logmaster.parse.errors`. */
  readonly fault?: string;
  readonly message: string;
}

export interface HeaderCase {
  readonly about: string;
  readonly text: string;
  readonly parts: HeaderParts;
}
