'use client';
import dynamic from 'next/dynamic';
import { useEffect, useState } from 'react';
import { isTyping, onPalette, type PaletteView } from '@/features/shell/palette-events.ts';

/** Neither is needed for the first paint: they come when they are asked for. */
const CommandDialog = dynamic(() => import('@/features/shell/command-dialog.tsx'), { ssr: false });
const KeyHelp = dynamic(() => import('@/features/shell/key-help.tsx'), { ssr: false });

/** Ctrl+K opens the commands, `?` or `h` the help, from every page. */
export function CommandPalette() {
  const [view, setView] = useState<PaletteView | null>(null);
  useEffect(() => onPalette(setView), []);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault();
        setView((now) => (now === 'commands' ? null : 'commands'));
      } else if ((event.key === '?' || event.key === 'h') && !isTyping(event)) {
        event.preventDefault();
        setView('help');
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  const close = () => setView(null);
  if (view === 'help') return <KeyHelp onClose={close} />;
  return view === 'commands' ? <CommandDialog onClose={close} /> : null;
}
