import type { Random } from './random.ts';

const GIVEN = [
  'Ayşe',
  'Mehmet',
  'Elif',
  'Çağrı',
  'Şule',
  'İbrahim',
  'Gülşen',
  'Ömer',
  'Zeynep',
  'Hüseyin',
  'Ebru',
  'Tuğba',
  'Işıl',
  'Yiğit',
  'Fatma',
  'Mustafa',
  'Özlem',
  'Burak',
  'Derya',
  'Uğur',
  'Selin',
  'Kağan',
  'Nazlı',
  'Emre',
  'Pınar',
  'Ünal',
] as const;
const FAMILY = [
  'Yılmaz',
  'Kaya',
  'Demir',
  'Çelik',
  'Şahin',
  'Öztürk',
  'Aydın',
  'Güneş',
  'Koç',
  'Ateş',
  'Doğan',
  'Kılıç',
  'Arslan',
  'Çetin',
  'Kurt',
  'Özdemir',
  'Şimşek',
  'Polat',
  'Işık',
  'Bulut',
  'Ağaoğlu',
  'Tekin',
  'Sarı',
  'Yıldız',
] as const;

export interface Person {
  /** `Çağrı Yıldız` */
  readonly name: string;
  /** `cagri.yildiz` */
  readonly account: string;
  readonly department: string;
}

const PLAIN: Readonly<Record<string, string>> = { ç: 'c', ğ: 'g', ı: 'i', ö: 'o', ş: 's', ü: 'u' };

/** Turkish letters to the ASCII ones that account names use. */
export function fold(text: string): string {
  return text
    .replaceAll('İ', 'i')
    .replaceAll('I', 'i')
    .toLowerCase()
    .replace(/[çğıöşü]/g, (letter) => PLAIN[letter] ?? letter);
}

const DEPARTMENTS = [
  'Finans',
  'Muhasebe',
  'BilgiIslem',
  'InsanKaynaklari',
  'Satis',
  'Uretim',
  'Yonetim',
  'Lojistik',
] as const;

/** `count` people with different accounts. */
export function people(random: Random, count: number): readonly Person[] {
  const byAccount = new Map<string, Person>();
  for (let tries = 0; byAccount.size < count; tries++) {
    const given = random.pick(GIVEN);
    const family = random.pick(FAMILY);
    // After a while every combination is taken: namesakes get a number, as in real directories.
    const suffix = tries > 4 * count ? String(random.int(2, 99)) : '';
    const account = `${fold(given)}.${fold(family)}${suffix}`;
    if (!byAccount.has(account))
      byAccount.set(account, { name: `${given} ${family}`, account, department: random.pick(DEPARTMENTS) });
  }
  return [...byAccount.values()];
}
