import { put } from './put.ts';

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
  // Before Windows Vista.
  'User Name': 'TargetUserName',
  Domain: 'TargetDomainName',
  // Windows in Turkish.
  'Hesap Adı': 'UserName',
  'Hesap Etki Alanı': 'DomainName',
  'Oturum Açma Kimliği': 'LogonId',
  'Oturum Açma Türü': 'LogonType',
  'Oturum Türü': 'LogonType',
  'İş İstasyonu Adı': 'WorkstationName',
  'Kaynak İş İstasyonu': 'Workstation',
  'Kaynak Ağ Adresi': 'IpAddress',
  'Kaynak Bağlantı Noktası': 'IpPort',
  'Oturum Hesabı': 'TargetUserName',
  'Kullanıcı Adı': 'TargetUserName',
  'Etki Alanı': 'TargetDomainName',
};

/** Sections and names are found by their colons; values end before the next wide gap. */
export function readSentences(message: string, data: Map<string, string>): void {
  if (!/\t| {2}|\n/.test(message)) {
    readLine(message, data);
    return;
  }
  const parties = new Parties(data);
  let name: string | undefined;
  for (const piece of message.split(/\t| {2,}|\r?\n/)) {
    const word = piece.trim();
    if (word === '') continue;
    const label = word.endsWith(':') ? word.slice(0, -1) : undefined;
    if (SECTION.test(word)) {
      parties.section(word);
      name = undefined;
    } else if (label !== undefined) name = Object.hasOwn(NAMES, label) ? NAMES[label] : undefined;
    else {
      const colon = word.indexOf(': ');
      const inline = colon > 0 ? NAMES[word.slice(0, colon)] : undefined;
      const found = name ?? inline;
      if (found !== undefined) parties.put(found, name === undefined ? word.slice(colon + 2).trim() : word);
      name = undefined;
    }
  }
}

/** Puts values under the names of the event's XML. */
class Parties {
  prefix = 'Subject';
  private readonly data: Map<string, string>;
  private readonly seen = new Set<string>();

  constructor(data: Map<string, string>) {
    this.data = data;
  }

  section(word: string): void {
    this.prefix = word.startsWith('Subject') ? 'Subject' : 'Target';
  }

  put(name: string, value: string): void {
    const isParty = name === 'UserName' || name === 'DomainName' || name === 'LogonId';
    // Where the sections are not known, as in other languages: the subject stands first.
    const isSecond = isParty && this.prefix === 'Subject' && this.seen.has(name);
    if (isParty) this.seen.add(name);
    const key = isParty ? `${isSecond ? 'Target' : this.prefix}${name}` : name;
    if (!this.data.has(key)) put(this.data, key, value);
  }
}

/** Labels that end the value before them in a message whose lines are joined by one blank. */
const LABELS = [
  ...['Subject', 'New Logon', 'Account For Which Logon Failed', 'Network Information', 'Account Information'],
  ...['Failure Information', 'Process Information', 'Logon Information', 'Detailed Authentication Information'],
  ...['Additional Information', 'Service Information', 'Target Account', 'New Account', 'Client Machine', 'NAS'],
  ...['RADIUS Client', 'Authentication Details', 'Security ID', 'User ID', 'Service ID', 'Network Account Name'],
  ...['Network Account Domain', 'Linked Logon ID', 'Logon GUID', 'Impersonation Level', 'Restricted Admin Mode'],
  ...['Virtual Account', 'Elevated Token', 'Caller Process ID', 'Caller Process Name', 'Process ID', 'Process Name'],
  ...['Logon Process', 'Authentication Package', 'Transited Services', 'Key Length', 'Ticket Options'],
  ...['Ticket Encryption Type', 'Pre-Authentication Type', 'Supplied Realm Name', 'Attributes', 'Privileges'],
  ...['Güvenlik Kimliği', 'İşlem Kimliği', 'İşlem Adı', 'Kimlik Doğrulama Paketi', 'Oturum Açma İşlemi', 'Konu'],
  ...['Yeni Oturum Açma', 'Ağ Bilgileri', 'İşlem Bilgileri'],
  ...Object.keys(NAMES),
].sort((a, b) => b.length - a.length);
const LABEL = new RegExp(
  `(?:^| )(${LABELS.join('|')}):(?= |$)|(?: Package Name \\(NTLM only\\):| This event is generated)`,
  'g',
);
/** Of one message. */
const MAX_LABELS = 128;

/** A message in one line, as evtsys and NXLog write it: `Subject: Security ID: S-1-0-0 Account Name: - …`. */
function readLine(message: string, data: Map<string, string>): void {
  const parties = new Parties(data);
  let open: { readonly name: string | undefined; readonly at: number } | undefined;
  let count = 0;
  const close = (to: number) => {
    if (open?.name !== undefined) parties.put(open.name, message.slice(open.at, to).trim());
  };
  for (const m of message.matchAll(LABEL)) {
    if (count++ === MAX_LABELS) break;
    close(m.index);
    const label = m[1];
    if (label !== undefined && SECTION.test(label)) parties.section(label);
    const name = label !== undefined && Object.hasOwn(NAMES, label) ? NAMES[label] : undefined;
    open = { name, at: m.index + m[0].length };
  }
  close(message.length);
}
