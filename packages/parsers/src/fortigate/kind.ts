/** What a FortiOS record is, besides its mapped fields. */
export interface FortigateKind {
  readonly type: string;
  readonly subtype: string;
  readonly status: string;
  readonly hostname: string;
  readonly dhcpMessage: string;
}
