'use client';
import { Command } from 'cmdk';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { Dialog } from '@/components/ui/dialog.tsx';
import { KeyHelp } from '@/features/shell/key-help.tsx';
import { isTyping, onPalette, type PaletteView } from '@/features/shell/palette-events.ts';
import { useCommands } from '@/features/shell/use-commands.tsx';
import { foldText } from '@/i18n/fold.ts';

export function CommandPalette() {
  const t = useTranslations('shell');
  const [view, setView] = useState<PaletteView | null>(null);
  const groups = useCommands();
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
  return (
    <Dialog
      open={view === 'commands'}
      onOpenChange={close}
      title={t('palette')}
      className="top-[20%] translate-y-0 gap-2 p-3"
    >
      <Command
        label={t('palette')}
        filter={(value, search, keywords) =>
          foldText([value, ...(keywords ?? [])].join(' ')).includes(foldText(search)) ? 1 : 0
        }
      >
        <Command.Input
          autoFocus
          placeholder={t('palettePlaceholder')}
          className="h-10 w-full rounded-md border border-line-strong/60 bg-surface px-3"
        />
        <Command.List className="scroll-slim mt-2 max-h-80 overflow-y-auto">
          <Command.Empty className="p-4 text-center text-muted">{t('paletteEmpty')}</Command.Empty>
          {groups.map((group) => (
            <Command.Group
              key={group.heading}
              heading={group.heading}
              className="[&_[cmdk-group-heading]]:px-2 [&_[cmdk-group-heading]]:py-1.5 [&_[cmdk-group-heading]]:text-2xs [&_[cmdk-group-heading]]:text-faint"
            >
              {group.commands.map((command) => (
                <Command.Item
                  key={command.label}
                  value={command.label}
                  keywords={[group.heading]}
                  onSelect={() => {
                    close();
                    command.run();
                  }}
                  className="flex h-9 cursor-default items-center gap-2.5 rounded-md px-2 data-[selected=true]:bg-accent-soft data-[selected=true]:text-accent [&_svg]:size-4 [&_svg]:text-muted"
                >
                  {command.icon}
                  {command.label}
                </Command.Item>
              ))}
            </Command.Group>
          ))}
        </Command.List>
      </Command>
    </Dialog>
  );
}
