import { splitCsv } from '../csv/split.ts';
import type { EventDraft } from '../event/draft.ts';
import { findProgram } from '../programs/program.ts';
import { utcMicros } from '../time/read-time.ts';
import type { VendorInput, VendorParser } from '../vendor.ts';
import { setRequest } from '../web-log/request.ts';

export const PROGRAMS: ReadonlyMap<string, true> = new Map([
  ['e2guardian', true],
  ['dansguardian', true],
]);

/** `2026.11.23 19:56:31`, without zeros in front; the words behind differ in how they are divided. */
const TIME = /"?(\d{4})\.(\d{1,2})\.(\d{1,2}) (\d{1,2}):(\d\d):(\d\d)(?:"?(,|\t)| )/y;
const METHOD = /^(?:GET|POST|HEAD|CONNECT|PUT|DELETE|OPTIONS|PATCH|TRACE|PROPFIND)$/;
const MAX_WORDS = 512;
/** `*DENIED*`, `*INFECTED*`, `*EXCEPTION*`, `*SCANNED*`, … */
const FLAG = /\*([A-Z]{3,16})\*/g;

function startOf(input: VendorInput): number {
  const at = findProgram(input, PROGRAMS)?.at ?? input.messageAt;
  TIME.lastIndex = at;
  return TIME.test(input.text) ? at : -1;
}

/** DansGuardian and its successor e2guardian: access log in the formats 1 (blanks), 2 (CSV) and 4 (tabs). Other lines keep their text. */
export const e2guardianParser: VendorParser = {
  name: 'e2guardian',

  recognises: (input) => startOf(input) >= 0 || findProgram(input, PROGRAMS) !== undefined,

  read(input, draft) {
    const at = startOf(input);
    const { event } = draft;
    event['event.dataset'] = 'e2guardian.access';
    event['event.category'] = 'host';
    event['event.type'] = 'info';
    event['observer.vendor'] = 'e2guardian';
    event['observer.product'] = 'e2guardian';
    event['observer.type'] = 'proxy';
    TIME.lastIndex = Math.max(0, at);
    const time = at < 0 ? null : TIME.exec(input.text);
    if (!time) return undefined;
    const said = input.text.slice(TIME.lastIndex);
    const columns = time[7] === ',' ? splitCsv(said, 0, 32) : time[7] === '\t' ? said.split('\t', 32) : divide(said);
    if (columns === undefined || columns.length < 10) draft.fail('message', 'unexpected wording of a request');
    else setColumns(draft, columns);
    return { written: () => writtenTime(time) };
  },
};

/** `user address url [reason] METHOD size weight [category] group status type client group-name agent`: what may be missing or have blanks is found by its neighbours. */
function divide(said: string): string[] | undefined {
  const words = said.split(' ', MAX_WORDS);
  const [user = '', address = '', url = ''] = words;
  const isNumber = (word: string | undefined) => word !== undefined && /^-?\d{1,12}$/.test(word);
  const method = words.findIndex(
    (word, at) => at > 2 && METHOD.test(word) && isNumber(words[at + 1]) && isNumber(words[at + 2]),
  );
  if (method < 0) return undefined;
  const group = words.findIndex(
    (word, at) => at > method + 2 && /^\d{1,3}$/.test(word) && /^\d{3}$/.test(words[at + 1] ?? ''),
  );
  if (group < 0) return undefined;
  const reason = words.slice(3, method).join(' ');
  const category = words.slice(method + 3, group).join(' ');
  const [number = '', status = '', type = '', client = '', name = '', ...agent] = words.slice(group);
  const request = words.slice(method, method + 3);
  return [user, address, url, reason, ...request, category, number, status, type, client, name, agent.join(' ')];
}

/** As all formats have them. */
function setColumns(draft: EventDraft, columns: readonly string[]): void {
  const [user, client, url, reason = '', method, size, weight, category, group, status, type, name, groupName, agent] =
    columns.map((column) => column.trim());
  const flags = [...reason.matchAll(FLAG)].map((flag) => (flag[1] as string).toLowerCase());
  setRequest(draft, {
    client,
    user,
    method,
    url,
    result: flags.includes('denied') ? 'denied' : flags[0],
    status,
    bytes: size,
    hierarchy: undefined,
    peer: undefined,
    type,
    agent: /^[- ]*$/.test(agent ?? '') ? undefined : agent,
  });
  draft.text('event.reason', reason.replace(FLAG, '').trim());
  draft.text('rule.category', category);
  draft.text('rule.ruleset', groupName);
  if (flags.length > 1) draft.label('flags', flags.join(','));
  draft.label('weight', weight);
  draft.label('filter_group', group);
  if (name !== client) draft.text('host.name', name);
}

function writtenTime(m: RegExpExecArray) {
  const [year, month, day, hour, minute, second] = m.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const local = utcMicros(year, month - 1, day, hour, minute, second);
  return local === undefined ? undefined : { local, yearMissing: false, offset: undefined };
}
