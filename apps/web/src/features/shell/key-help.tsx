'use client';
import { useTranslations } from 'next-intl';
import { Dialog } from '@/components/ui/dialog.tsx';
import { Kbd } from '@/components/ui/kbd.tsx';

/** `/` and `?` need Shift on a Turkish keyboard, so both have a plain letter too. */
const KEYS = [
  [['/', 'f'], 'focusQuery'],
  [['Enter'], 'run'],
  [['j', 'k'], 'move'],
  [['Enter'], 'open'],
  [['Esc'], 'back'],
  [['r'], 'refresh'],
  [['Ctrl', 'K'], 'palette'],
  [['?', 'h'], 'help'],
] as const;

export default function KeyHelp({ onClose }: { onClose: () => void }) {
  const t = useTranslations('shell');
  return (
    <Dialog open onOpenChange={onClose} title={t('keys')}>
      <dl className="grid grid-cols-[auto_1fr] items-center gap-x-6 gap-y-2.5">
        {KEYS.map(([keys, action]) => (
          <div key={action} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd className="text-[0.8125rem]">{t(`keyHelp.${action}`)}</dd>
          </div>
        ))}
      </dl>
      <div className="border-t pt-3 text-muted text-xs">{t('keyHelp.syntax')}</div>
    </Dialog>
  );
}
