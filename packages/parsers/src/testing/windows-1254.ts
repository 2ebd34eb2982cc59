/** The letters that windows-1254 has and ISO 8859-1 has not; the others have the code of their character. */
const TURKISH: Readonly<Record<string, number>> = { Ğ: 0xd0, İ: 0xdd, Ş: 0xde, ğ: 0xf0, ı: 0xfd, ş: 0xfe };

/** A text as a device writes it that is set to Turkish (windows-1254). Throws for a character that it has not. */
export function toWindows1254(text: string): Buffer {
  return Buffer.from(
    Array.from(text, (character) => {
      const code = TURKISH[character] ?? (character.codePointAt(0) as number);
      if (code > 0xff || (code >= 0x80 && code < 0xa0)) throw new Error(`windows-1254 has no ${character}`);
      return code;
    }),
  );
}
