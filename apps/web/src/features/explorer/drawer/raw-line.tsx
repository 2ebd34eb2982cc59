'use client';
import { useTranslations } from 'next-intl';
import { useMemo } from 'react';
import { CopyButton } from '@/components/ui/copy-button.tsx';
import { DrawerSection } from '@/features/explorer/drawer/drawer-section.tsx';
import { VisibleText } from '@/features/explorer/drawer/visible-text.tsx';

/** The record as it came. It is the truth that everything else was read from. */
export function RawLine({ text }: { text: string }) {
  const t = useTranslations('drawer');
  const shown = useMemo(() => <VisibleText text={text} />, [text]);
  return (
    <DrawerSection title={t('raw')} action={<CopyButton value={text} label={t('raw')} />}>
      <pre
        data-testid="raw-line"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a keyboard must be able to scroll it (WCAG 2.1.1)
        tabIndex={0}
        className="scroll-slim max-h-56 overflow-y-auto whitespace-pre-wrap break-all rounded-md bg-sunken p-2.5 font-mono text-xs leading-relaxed"
      >
        {shown}
      </pre>
    </DrawerSection>
  );
}
