import type { ReactNode } from 'react';

interface DrawerSectionProps {
  title: string;
  action?: ReactNode;
  children: ReactNode;
}

export function DrawerSection({ title, action, children }: DrawerSectionProps) {
  return (
    <section className="grid gap-1.5">
      <header className="flex h-6 items-center justify-between">
        <h2 className="font-semibold text-[0.8125rem]">{title}</h2>
        {action}
      </header>
      {children}
    </section>
  );
}
