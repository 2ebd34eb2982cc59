/** Names of structured data with the values that a plain text form holds. */
export type JunosFields = Map<string, string>;

const PAIR = /^([\da-fA-F.:]{2,45})\/(\d{1,5})->([\da-fA-F.:]{2,45})\/(\d{1,5})$/;
const TAG = /^0x[\da-fA-F]{1,8}$/;
const COUNTS = /^(\d{1,16})\((\d{1,16})\)$/;
const NAME_IN_ROLES = /^([^()]{1,128})\(([^()]{0,128})\)$/;
const NUMBER = /^\d{1,16}$/;
const HEAD = /^(AppTrack )?(?:session )?(created|closed|denied|close|volume[ -]update|route[ -]update):? /i;
/** Words of the longest form; log text is hostile. */
const MAX_WORDS = 64;

/**
 * Plain RT_FLOW and APPTRACK messages (System Log Explorer, "Log message"):
 * `session created a/p->b/q [tag] service a/p->b/q [tag] [type] rule [type] rule protocol policy zone zone id user(roles) interface …`,
 * `session closed <reason>: … id packets(bytes) packets(bytes) elapsed …`,
 * `session denied a/p->b/q [tag] service protocol(icmp type) policy zone zone …`.
 * The tags came with Junos 15, the types of NAT rules with 12.1X47. Undefined when it is none of them.
 */
export function readFlowText(text: string, tag: string): JunosFields | undefined {
  const head = HEAD.exec(text) ?? headOf(tag);
  if (!head) return undefined;
  const words = text.slice((head[0] as string).length).split(' ', MAX_WORDS);
  const at = words.findIndex((word) => PAIR.test(word));
  if (at < 0) return undefined;
  const fields: JunosFields = new Map();
  if (at > 0) fields.set('reason', words.slice(0, at).join(' ').replace(/:$/, ''));
  setPair(fields, '', words[at] as string);
  let next = at + 1;
  if (TAG.test(words[next] ?? '')) next++;
  const isDenied = head[2]?.toLowerCase() === 'denied';
  const protocol = isDenied ? words.findIndex((word, i) => i >= next && /^\d{1,3}(?:\(\d{1,3}\))?$/.test(word)) : -1;
  if (isDenied) readDenied(fields, words, next, protocol);
  else readSession(fields, words, next);
  // AppTrack has the applications before the translation.
  if (head[1] !== undefined && head[1] !== '' && !isDenied) setApplications(fields, words, next);
  return fields;
}

function readDenied(fields: JunosFields, words: readonly string[], from: number, protocol: number): void {
  if (protocol < 0) return;
  if (protocol > from) fields.set('service-name', words[from] as string);
  const [number = '', icmp = ''] = (words[protocol] as string).split(/[()]/, 2);
  fields.set('protocol-id', number);
  if (icmp !== '') fields.set('icmp-type', icmp);
  setNames(fields, words, protocol + 1, ['policy-name', 'source-zone-name', 'destination-zone-name']);
  const tail = words.slice(protocol + 4);
  const user = tail.findIndex((word) => NAME_IN_ROLES.test(word));
  if (user >= 1) fields.set('application', tail[0] as string);
  if (user >= 2) fields.set('nested-application', tail[1] as string);
  setUser(fields, tail[user]);
  if (user < 0) return;
  setNames(fields, tail, user + 1, ['packet-incoming-interface', 'encrypted']);
  // The reason's words, and in newer releases the session's id, which ends them.
  const rest = tail.slice(user + 3);
  const id = rest.findIndex((word) => NUMBER.test(word));
  const reason = rest.slice(0, id < 0 ? undefined : id).join(' ');
  if (reason !== '') fields.set('reason', reason);
  if (id >= 0) fields.set('session-id-32', rest[id] as string);
}

function readSession(fields: JunosFields, words: readonly string[], from: number): void {
  let next = from;
  if (!PAIR.test(words[next] ?? '')) setNames(fields, words, next++, ['service-name']);
  while (next < words.length && !PAIR.test(words[next] as string) && next < from + 3) next++;
  if (PAIR.test(words[next] ?? '')) setPair(fields, 'nat-', words[next++] as string);
  else next = from + 1;
  if (TAG.test(words[next] ?? '')) next++;
  // Rules have one or two words each, or none: the protocol is the number that a session id follows four words later.
  const protocol = words.findIndex((word, i) => i >= next && /^\d{1,3}$/.test(word) && NUMBER.test(words[i + 4] ?? ''));
  if (protocol < 0) return;
  setRules(fields, words.slice(next, protocol));
  setNames(fields, words, protocol, [
    'protocol-id',
    'policy-name',
    'source-zone-name',
    'destination-zone-name',
    'session-id-32',
  ]);
  readTail(fields, words.slice(protocol + 5));
}

/** Where a relay has cut the words away, the tag tells the same. */
function headOf(tag: string): readonly string[] | undefined {
  const word = /^RT_FLOW_SESSION_(CREATE|CLOSE|DENY)/.exec(tag)?.[1];
  return word === undefined ? undefined : ['', '', word === 'DENY' ? 'denied' : word];
}

/** `service application nested-application a/p->b/q …`, and behind the counters user, roles and whether it is encrypted. */
function setApplications(fields: JunosFields, words: readonly string[], service: number): void {
  const translated = words.findIndex((word, i) => i > service && PAIR.test(word));
  if (translated === service + 3) setNames(fields, words, service + 1, ['application', 'nested-application']);
  const counts = words.findIndex((word, i) => COUNTS.test(word) && COUNTS.test(words[i + 1] ?? ''));
  if (counts >= 0 && !fields.has('username')) setNames(fields, words, counts + 3, ['username', 'roles']);
}

/** `packets(bytes) packets(bytes) elapsed` of a closed session, then user, interface and application in any order. */
function readTail(fields: JunosFields, words: readonly string[]): void {
  let next = 0;
  for (const side of ['client', 'server']) {
    const counts = COUNTS.exec(words[next] ?? '');
    if (!counts) break;
    fields.set(`packets-from-${side}`, counts[1] as string);
    fields.set(`bytes-from-${side}`, counts[2] as string);
    next++;
  }
  if (next === 2 && NUMBER.test(words[2] ?? '')) fields.set('elapsed-time', words[next++] as string);
  const user = words.findIndex((word, i) => i >= next && NAME_IN_ROLES.test(word) && !COUNTS.test(word));
  const application = user === next ? user + 2 : next;
  if (user >= 0) {
    setUser(fields, words[user]);
    setNames(fields, words, user + 1, ['packet-incoming-interface']);
  }
  if (user !== next && user < 0) return;
  setNames(fields, words, application, ['application', 'nested-application']);
}

/** `None None`, `N/A N/A`, `source rule r1 N/A N/A`: with or without the type before the name. */
function setRules(fields: JunosFields, words: readonly string[]): void {
  const joined: string[] = [];
  for (const word of words) {
    const last = joined.at(-1) ?? '';
    if (/^(?:source|destination|static)(?: persistent)?$/.test(last)) joined[joined.length - 1] = `${last} ${word}`;
    else joined.push(word);
  }
  const names = ['src-nat-rule-type', 'src-nat-rule-name', 'dst-nat-rule-type', 'dst-nat-rule-name'];
  const used = joined.length === 2 ? ['src-nat-rule-name', 'dst-nat-rule-name'] : names;
  if (joined.length === used.length) setNames(fields, joined, 0, used);
}

function setPair(fields: JunosFields, prefix: string, word: string): void {
  const pair = PAIR.exec(word);
  if (!pair) return;
  const names = ['source-address', 'source-port', 'destination-address', 'destination-port'];
  for (const [i, name] of names.entries()) fields.set(`${prefix}${name}`, pair[i + 1] as string);
}

function setUser(fields: JunosFields, word: string | undefined): void {
  const user = NAME_IN_ROLES.exec(word ?? '');
  if (!user) return;
  fields.set('username', user[1] as string);
  fields.set('roles', user[2] as string);
}

function setNames(fields: JunosFields, words: readonly string[], from: number, names: readonly string[]): void {
  names.forEach((name, i) => {
    const word = words[from + i];
    if (word !== undefined) fields.set(name, word);
  });
}
