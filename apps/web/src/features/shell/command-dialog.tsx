'use client';
import { Command } from 'cmdk';
import { useTranslations } from 'next-intl';
import { Dialog } from '@/components/ui/dialog.tsx';
import { useCommands } from '@/features/shell/use-commands.tsx';
import { foldText } from '@/i18n/fold.ts';

export default function CommandDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('shell');
  const groups = useCommands();
  return (
    <Dialog open onOpenChange={onClose} title={t('palette')} className="top-[20%] translate-y-0 gap-2 p-3">
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
                    onClose();
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
