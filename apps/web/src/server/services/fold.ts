/** One form for comparing what people type: the four Turkish letters I, İ, ı, i are one, as everywhere in the product. */
export function fold(text: string): string {
  return text.normalize('NFC').replace(/[İIı]/g, 'i').toLowerCase();
}
