import type { DirectoryService, NewUser } from './directory.ts';

/** Who is in a new directory: names with letters that lose themselves when case or bytes are mishandled. */
export const PEOPLE = [
  person('ayse.yilmaz', 'Ayşe', 'Yılmaz', 'Parola-ayse-1'),
  person('ibrahim.ogut', 'İbrahim Çağrı', 'Öğüt', 'Parola-ibrahim-1'),
  person('isil.isik', 'Işıl', 'Işık', 'Şifre-ışıl-1'),
  person('sukru.gunes', 'Şükrü', 'Güneş', 'Parola-sukru-1'),
  person('cem.kaya', 'Cem', 'Kaya', 'Parola-cem-1'),
] as const satisfies readonly NewUser[];

/**
 * Members are usernames or groups that stand above. Işıl is a viewer through two groups in between, Ayşe is an
 * administrator directly, Cem is in no group.
 */
export const GROUPS: readonly { readonly name: string; readonly members: readonly string[] }[] = [
  { name: 'istanbul-network', members: ['isil.isik'] },
  { name: 'istanbul-it', members: ['istanbul-network', 'ibrahim.ogut'] },
  { name: 'logmaster-viewers', members: ['istanbul-it', 'sukru.gunes'] },
  { name: 'logmaster-admins', members: ['ayse.yilmaz'] },
];

function person(username: string, givenName: string, surname: string, password: string): NewUser {
  return { username, givenName, surname, password, mail: `${username}@example.org` };
}

export async function seedDirectory(directory: Pick<DirectoryService, 'addUser' | 'addGroup'>): Promise<void> {
  const dns = new Map<string, string>();
  for (const user of PEOPLE) dns.set(user.username, await directory.addUser(user));
  for (const { name, members } of GROUPS) {
    const memberDns = members.map((member) => dns.get(member) ?? member);
    dns.set(name, await directory.addGroup(name, memberDns));
  }
}
