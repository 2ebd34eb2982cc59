import type { ReactNode } from 'react';

interface EmptyStateProps {
  icon: ReactNode;
  /** Names the cause. */
  title: string;
  text?: ReactNode;
  /** The one thing to do about it. */
  action?: ReactNode;
}

export function EmptyState({ icon, title, text, action }: EmptyStateProps) {
  return (
    <div className="mx-auto grid max-w-md justify-items-center gap-2 px-6 py-12 text-center">
      <span className="mb-1 grid size-11 place-items-center rounded-full bg-accent-soft text-accent [&_svg]:size-5">
        {icon}
      </span>
      <p className="font-semibold text-[0.9375rem]">{title}</p>
      {text && <div className="text-pretty text-muted text-[0.8125rem]">{text}</div>}
      {action && <div className="mt-2">{action}</div>}
    </div>
  );
}
