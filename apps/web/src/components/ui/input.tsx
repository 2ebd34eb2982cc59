import type { ComponentProps } from 'react';
import { cn } from '@/components/cn.ts';

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return (
    <input
      className={cn(
        'h-9 w-full rounded-md border border-line-strong/60 bg-surface px-3 text-ink placeholder:text-faint aria-invalid:border-bad disabled:opacity-60',
        className,
      )}
      {...props}
    />
  );
}
