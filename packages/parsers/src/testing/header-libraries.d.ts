declare module 'nsyslog-parser' {
  const parse: import('./nsyslog.ts').Nsyslog;
  export default parse;
}

declare module 'glossy' {
  export const Parse: { parse(text: string): Readonly<Record<string, unknown>> };
}
