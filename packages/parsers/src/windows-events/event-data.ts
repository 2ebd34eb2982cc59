import type { SyslogHeader } from '../syslog/header.ts';

/** One Windows event, whoever carried it: the names are those of its XML (`TargetUserName`, `IpAddress`, …). */
export interface WindowsEvent {
  readonly id: string;
  readonly channel: string | undefined;
  readonly computer: string | undefined;
  readonly provider: string | undefined;
  /** As written, with or without an offset. */
  readonly time: string | undefined;
  readonly data: ReadonlyMap<string, string>;
  readonly cut: boolean;
}

/** Values that say nothing. */
const EMPTY = new Set(['', '-', 'S-1-0-0', '0x0', '%%2313', 'N/A']);

export function put(data: Map<string, string>, name: string, value: string | undefined): void {
  if (value !== undefined && !EMPTY.has(value)) data.set(name, value);
}

/** NXLog's to_syslog_ietf(): the fields are structured data `NXLOG@14506`. */
export function readStructuredEvent(header: SyslogHeader): WindowsEvent | undefined {
  const data = new Map<string, string>();
  for (const [name, value] of header.structuredData ?? []) {
    if (name.startsWith('NXLOG@')) put(data, name.slice(name.indexOf('_') + 1), value);
  }
  const id = data.get('EventID');
  if (id === undefined) return undefined;
  return {
    id,
    channel: data.get('Channel'),
    computer: header.hostname,
    provider: data.get('SourceName') ?? header.appname,
    time: undefined,
    data,
    cut: false,
  };
}

/** Of the sentences of a message: `Account Name:\t\tayse` stands in a section that says whose it is. */
const SECTION =
  /^(Subject|New Logon|Account For Which Logon Failed|Network Information|Account Information|Failure Information|Process Information|Logon Information|Detailed Authentication Information|Additional Information|Service Information|Target Account|New Account|User|Client Machine|NAS|RADIUS Client|Authentication Details):?$/;
const NAMES: Readonly<Record<string, string>> = {
  'Account Name': 'UserName',
  'Account Domain': 'DomainName',
  'Logon ID': 'LogonId',
  'Logon Type': 'LogonType',
  'Source Network Address': 'IpAddress',
  'Client Address': 'IpAddress',
  'Source Port': 'IpPort',
  'Client Port': 'IpPort',
  'Workstation Name': 'WorkstationName',
  'Source Workstation': 'Workstation',
  'Logon Account': 'TargetUserName',
  'Failure Reason': 'FailureReason',
  Status: 'Status',
  'Sub Status': 'SubStatus',
  'Failure Code': 'Status',
  'Result Code': 'Status',
  'Error Code': 'Status',
  'Service Name': 'ServiceName',
};

/** The first word of Snare's lines, and what may stand for the tabs behind it. */
export const SNARE = 'MSWinEventLog';
export const TAB_SIGNS = ['\t', '#011', '\\t'];

/**
 * Snare and agents like it: `MSWinEventLog TAB criticality TAB log TAB counter TAB time TAB id TAB source TAB user …`,
 * with the message's text at the end, its lines joined by blanks or tabs.
 */
export function readSnare(text: string, at: number): WindowsEvent | undefined {
  const said = text.slice(at);
  // rsyslog writes a tab as `#011`, other relays as `\t`.
  const sign = TAB_SIGNS.find((tab) => said.startsWith(tab, SNARE.length)) ?? '\t';
  const parts = said.split(sign, 512);
  const [, , log, , time, id, provider, , , , computer] = parts;
  if (id === undefined || !/^\d{1,5}$/.test(id)) return undefined;
  const data = new Map<string, string>();
  readSentences(parts.slice(12).join('\t'), data);
  return { id, channel: log, computer, provider, time: time?.replace(/^[A-Z][a-z]{2} /, ''), data, cut: false };
}

/** Sections and names are found by their colons; values end before the next wide gap. */
function readSentences(message: string, data: Map<string, string>): void {
  let prefix = 'Subject';
  let name: string | undefined;
  for (const piece of message.split(/\t| {2,}|\r?\n/)) {
    const word = piece.trim();
    if (word === '') continue;
    const label = word.endsWith(':') ? word.slice(0, -1) : undefined;
    if (SECTION.test(word)) {
      prefix = word.startsWith('Subject') ? 'Subject' : 'Target';
      name = undefined;
    } else if (label !== undefined) name = Object.hasOwn(NAMES, label) ? NAMES[label] : undefined;
    else {
      const colon = word.indexOf(': ');
      const inline = colon > 0 ? NAMES[word.slice(0, colon)] : undefined;
      const found = name ?? inline;
      if (found !== undefined) putNamed(data, prefix, found, name === undefined ? word.slice(colon + 2).trim() : word);
      name = undefined;
    }
  }
}

function putNamed(data: Map<string, string>, prefix: string, name: string, value: string): void {
  const isParty = name === 'UserName' || name === 'DomainName' || name === 'LogonId';
  const key = isParty ? `${prefix}${name}` : name;
  if (!data.has(key)) put(data, key, value);
}
