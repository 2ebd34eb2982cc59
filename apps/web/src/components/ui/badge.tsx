import type { ComponentProps } from 'react';
import { cn } from '@/components/cn.ts';

const TONES = {
  ok: 'bg-ok-soft text-ok',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  note: 'bg-note-soft text-note',
  plain: 'bg-sunken text-muted',
  accent: 'bg-accent-soft text-accent',
} as const;
export type Tone = keyof typeof TONES;

export function Badge({ tone = 'plain', className, ...props }: ComponentProps<'span'> & { tone?: Tone }) {
  return (
    <span
      className={cn(
        'inline-flex h-5 items-center gap-1 whitespace-nowrap rounded px-1.5 font-medium text-xs [&_svg]:size-3.5 [&_svg]:shrink-0',
        TONES[tone],
        className,
      )}
      {...props}
    />
  );
}
