/** The palette and the help sheet can be opened from anywhere, without passing state through every page. */
export type PaletteView = 'commands' | 'help';

const NAME = 'logmaster:palette';

export function openPalette(view: PaletteView = 'commands'): void {
  window.dispatchEvent(new CustomEvent<PaletteView>(NAME, { detail: view }));
}

export function onPalette(listener: (view: PaletteView) => void): () => void {
  const handle = (event: Event) => listener((event as CustomEvent<PaletteView>).detail);
  window.addEventListener(NAME, handle);
  return () => window.removeEventListener(NAME, handle);
}

/** True when a key press belongs to a text field, a menu or a dialog rather than to the page. */
export function isTyping(event: KeyboardEvent): boolean {
  const target = event.target as HTMLElement | null;
  return Boolean(
    event.ctrlKey ||
      event.metaKey ||
      event.altKey ||
      target?.closest('input, textarea, select, [contenteditable=true], [role=dialog], [role=menu], [role=listbox]'),
  );
}
