/** Turkish and English letters to one plain form, for matching what people type: `DÜN`, `dün` and `dun` are equal. */
export function foldText(text: string): string {
  return text
    .replace(/[İIı]/g, 'i')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .trim()
    .replace(/\s+/g, ' ');
}
