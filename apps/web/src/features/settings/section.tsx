import type { ReactNode } from 'react';

interface SectionProps {
  id: string;
  title: string;
  text: string;
  action?: ReactNode;
  children: ReactNode;
}

export function Section({ id, title, text, action, children }: SectionProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-6 rounded-xl border bg-surface">
      <header className="flex flex-wrap items-start justify-between gap-3 p-4">
        <div className="min-w-0">
          <h2 id={`${id}-title`} className="font-semibold">
            {title}
          </h2>
          <p className="mt-0.5 text-muted text-[0.8125rem]">{text}</p>
        </div>
        {action}
      </header>
      <div className="border-t p-4">{children}</div>
    </section>
  );
}
