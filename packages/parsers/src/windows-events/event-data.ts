import type { SyslogHeader } from '../syslog/header.ts';
import { put } from './put.ts';
import { readSentences } from './sentences.ts';

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

/** The first word of Snare's lines, and what may stand for the tabs behind it. */
export const SNARE = 'MSWinEventLog';
export const TAB_SIGNS = ['\t', '#011', '\\t', ' '];

/**
 * Snare and agents like it: `MSWinEventLog TAB criticality TAB log TAB counter TAB time TAB id TAB source TAB user …`,
 * with the message's text at the end, its lines joined by blanks or tabs.
 */
export function readSnare(text: string, at: number): WindowsEvent | undefined {
  const said = text.slice(at);
  // rsyslog writes a tab as `#011`, other relays as `\t`.
  const sign = TAB_SIGNS.find((tab) => said.startsWith(tab, SNARE.length)) ?? '\t';
  const parts = said.split(sign, 512);
  const [, , log, , time, id, provider, user, , , computer] = parts;
  if (id === undefined || !/^\d{1,5}$/.test(id)) return readBlankSnare(said);
  const data = new Map<string, string>();
  readSentences(parts.slice(12).join('\t'), data);
  putColumn(data, user);
  return { id, channel: log, computer, provider, time: time?.replace(/^[A-Z][a-z]{2} /, ''), data, cut: false };
}

/** Snare's own column for the user, where the sentences are in a language that isn't read. */
function putColumn(data: Map<string, string>, user: string | undefined): void {
  const at = user?.indexOf('\\') ?? -1;
  if (user === undefined || at < 1 || data.has('TargetUserName') || data.has('SubjectUserName')) return;
  put(data, 'TargetDomainName', user.slice(0, at));
  put(data, 'TargetUserName', user.slice(at + 1));
}

/** The same where a collector has made blanks of the tabs: providers' names hold some, too. */
const BLANK_SNARE =
  /^MSWinEventLog {1,8}\d{1,2} {1,8}([\w-]{1,64}) {1,8}\d{1,12} {1,8}[A-Z][a-z]{2} ([A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d \d{4}) {1,8}(\d{1,5}) {1,8}(.{1,128}?) {1,8}(?:Success Audit|Failure Audit|Information|Warning|Error) {1,8}([\w.-]{1,128}) /;

/** `Service Control Manager N/A N/A`, `Microsoft-Windows-Security-Auditing EXAMPLE\\ayse User`: user and kind of user follow. */
function providerOf(words: string | undefined): string | undefined {
  return words?.replace(/ [^ ]{1,32}$/, '').replace(/ (?:N\/A|[^ \\]{1,64}\\[^\\]{1,64})$/, '');
}

function readBlankSnare(said: string): WindowsEvent | undefined {
  const m = BLANK_SNARE.exec(said);
  if (!m) return undefined;
  const data = new Map<string, string>();
  readSentences(said.slice(m[0].length), data);
  const [, log, time, id = '', provider, computer] = m;
  putColumn(data, / ([^ \\]{1,64}\\[^\\]{1,64}) [^ ]{1,32}$/.exec(provider ?? '')?.[1]);
  return { id, channel: log, computer, provider: providerOf(provider), time, data, cut: false };
}
