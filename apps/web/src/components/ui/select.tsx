import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from '@/components/cn.ts';

interface SelectProps extends ComponentProps<'select'> {
  options: readonly { value: string; label: string }[];
}

/** The browser's own select: keyboard, screen readers and phones know it. */
export function Select({ options, className, ...props }: SelectProps) {
  return (
    <span className={cn('relative inline-flex min-w-0', className)}>
      <select
        className="h-9 w-full min-w-0 appearance-none truncate rounded-md border border-line-strong/60 bg-surface pr-8 pl-3 text-ink"
        {...props}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2.5 size-4 -translate-y-1/2 text-muted"
      />
    </span>
  );
}
