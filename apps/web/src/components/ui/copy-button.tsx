'use client';
import { Check, Copy } from 'lucide-react';
import { useTranslations } from 'next-intl';
import { useEffect, useState } from 'react';
import { writeClipboard } from '@/components/clipboard.ts';
import { Button, type ButtonProps } from '@/components/ui/button.tsx';

interface CopyButtonProps extends Omit<ButtonProps, 'onClick' | 'children' | 'value'> {
  value: string;
  /** What is copied, for screen readers: "Copy: …". */
  label: string;
  withText?: boolean;
}

export function CopyButton({
  value,
  label,
  withText = false,
  size = 'icon-xs',
  variant = 'ghost',
  ...props
}: CopyButtonProps) {
  const t = useTranslations('common');
  const [done, setDone] = useState(false);
  useEffect(() => {
    if (!done) return;
    const timer = setTimeout(() => setDone(false), 1500);
    return () => clearTimeout(timer);
  }, [done]);
  return (
    <Button
      variant={variant}
      size={size}
      aria-label={done ? t('copied') : t('copyWhat', { what: label })}
      title={t('copyWhat', { what: label })}
      onClick={() => void writeClipboard(value).then(setDone)}
      {...props}
    >
      {done ? <Check className="text-ok" /> : <Copy />}
      {withText && (done ? t('copied') : t('copy'))}
    </Button>
  );
}
