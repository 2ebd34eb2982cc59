'use client';
import { X } from 'lucide-react';
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '@/components/ui/button.tsx';

/** Beside the table; on narrow screens a drawer over it, closed by its button or a tap beside it. */
export function FacetSidebar({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const t = useTranslations();
  return (
    <>
      <button
        type="button"
        aria-label={t('common.close')}
        onClick={onClose}
        className="fixed inset-0 z-30 bg-black/45 md:hidden"
      />
      <div className="flex w-56 shrink-0 flex-col border-r bg-surface max-md:fixed max-md:inset-y-0 max-md:left-0 max-md:z-40 max-md:w-72 max-md:shadow-xl">
        <div className="flex items-center justify-between border-b py-1 pr-1 pl-3 md:hidden">
          <span className="font-semibold">{t('table.toggleFacets')}</span>
          <Button variant="ghost" size="icon" aria-label={t('common.close')} onClick={onClose}>
            <X />
          </Button>
        </div>
        <div className="min-h-0 flex-1">{children}</div>
      </div>
    </>
  );
}
