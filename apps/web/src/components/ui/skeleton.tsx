import { cn } from '@/components/cn.ts';

export function Skeleton({ className }: { className?: string }) {
  return <span aria-hidden className={cn('block animate-pulse rounded bg-line', className)} />;
}
